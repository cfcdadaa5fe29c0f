/**
 * Jupyter's wire protocol: {@link tfl.notebooks.protocol.ConnectionFile} says where to meet, {@link
 * tfl.notebooks.protocol.Wire} turns frames into {@link tfl.notebooks.protocol.Message}s and back and checks their
 * signatures, {@link tfl.notebooks.protocol.Channels} holds the five sockets. What messages mean is the kernel's.
 */
package tfl.notebooks.protocol;
