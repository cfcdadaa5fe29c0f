/**
 * The cells of a notebook and the session they run in. {@link tfl.notebooks.cell.CellSession} runs one cell after the
 * other, hands out what each shows as {@link tfl.notebooks.cell.Output}s, and remembers what each read and defined.
 *
 * <p>Jupyter's protocol and the commands for notebook files call it; it knows neither sockets nor files.
 */
package tfl.notebooks.cell;
