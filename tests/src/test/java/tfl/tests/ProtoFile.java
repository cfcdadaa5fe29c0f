package tfl.tests;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.StructProto;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the part of the proto3 language that has messages, enums, oneofs and maps, none nested, one field a line. */
final class ProtoFile {
    private static final Pattern FIELD = Pattern.compile("(repeated )?([\\w.]+) (\\w+) = (\\d+);");
    private static final Pattern ENTRY = Pattern.compile("map<string, ([\\w.]+)> (\\w+) = (\\d+);");
    private static final Map<String, Type> SCALARS = Map.of("double", Type.TYPE_DOUBLE, "float", Type.TYPE_FLOAT,
            "int32", Type.TYPE_INT32, "int64", Type.TYPE_INT64, "bool", Type.TYPE_BOOL, "string", Type.TYPE_STRING,
            "bytes", Type.TYPE_BYTES);

    private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName("test.proto")
            .setSyntax("proto3").addDependency("google/protobuf/struct.proto");
    private final Set<String> enums = new HashSet<>();
    private DescriptorProto.Builder message;
    private EnumDescriptorProto.Builder values;
    private boolean inChoice;

    private ProtoFile() {}

    static FileDescriptor parse(String text) throws DescriptorValidationException {
        var parser = new ProtoFile();
        text.lines().filter(line -> line.startsWith("enum ")).forEach(line -> parser.enums.add(line.split(" ")[1]));
        text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .forEach(parser::line);
        return FileDescriptor.buildFrom(parser.file.build(), new FileDescriptor[] {StructProto.getDescriptor()});
    }

    private void line(String line) {
        var words = line.split(" ");
        if (words[0].equals("message")) {
            message = DescriptorProto.newBuilder().setName(words[1]);
        } else if (words[0].equals("enum")) {
            values = EnumDescriptorProto.newBuilder().setName(words[1]);
        } else if (words[0].equals("oneof")) {
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(words[1]));
            inChoice = true;
        } else if (line.equals("}")) {
            end();
        } else if (values != null) {
            values.addValue(EnumValueDescriptorProto.newBuilder().setName(words[0])
                    .setNumber(Integer.parseInt(words[2].replace(";", ""))));
        } else {
            field(line);
        }
    }

    private void end() {
        if (inChoice) {
            inChoice = false;
        } else if (values != null) {
            file.addEnumType(values);
            values = null;
        } else {
            file.addMessageType(message);
        }
    }

    private void field(String line) {
        var entry = ENTRY.matcher(line);
        var field = FIELD.matcher(line);
        if (entry.matches()) {
            var name = entry.group(2).substring(0, 1).toUpperCase() + entry.group(2).substring(1) + "Entry";
            message.addNestedType(DescriptorProto.newBuilder().setName(name)
                    .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                    .addField(field("string", "key", 1)).addField(field(entry.group(1), "value", 2)));
            message.addField(field(message.getName() + "." + name, entry.group(2), Integer.parseInt(entry.group(3)))
                    .setLabel(Label.LABEL_REPEATED));
        } else if (field.matches()) {
            var made = field(field.group(2), field.group(3), Integer.parseInt(field.group(4)));
            if (field.group(1) != null) {
                made.setLabel(Label.LABEL_REPEATED);
            } else if (inChoice) {
                made.setOneofIndex(message.getOneofDeclCount() - 1);
            }
            message.addField(made);
        } else {
            throw new IllegalArgumentException("no field: " + line);
        }
    }

    private FieldDescriptorProto.Builder field(String type, String name, int number) {
        var field = FieldDescriptorProto.newBuilder().setName(name).setNumber(number).setLabel(Label.LABEL_OPTIONAL);
        var scalar = SCALARS.get(type);
        return scalar != null ? field.setType(scalar)
                : field.setType(enums.contains(type) ? Type.TYPE_ENUM : Type.TYPE_MESSAGE).setTypeName("." + type);
    }

    /** The descriptor of a message. */
    static Descriptor message(FileDescriptor file, String name) {
        return file.findMessageTypeByName(name);
    }
}
