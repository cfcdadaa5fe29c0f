import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites jars in place: switches over types, and the equals, hashCode and toString of records, become plain bytecode.
 * The Java compiler leaves them to be generated at run time, at the first use of each in each process; the start-up
 * cache of JDK 25 holds lambdas made that way, but not these. The generator of kernels is told the fingerprint of its
 * jar, by which kernels on disk are named, and the planner that of all jars, by which plans are.
 *
 * <p>Arguments: the jars to rewrite, {@code --}, the jars with the other classes that they use.
 */
public final class PlainBytecode {
    private static final MethodTypeDesc CHOICE = MethodTypeDesc.of(CD_int, CD_Object, CD_int);
    private static final MethodTypeDesc EQUALS = MethodTypeDesc.of(CD_boolean, CD_Object);
    private static final ClassDesc TEXT = ClassDesc.of("java.lang.StringBuilder");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final Map<String, ClassDesc> BOXES = Map.of("I", box("Integer"), "Z", box("Boolean"),
            "B", box("Byte"), "S", box("Short"), "C", box("Character"), "J", box("Long"), "D", box("Double"), "F", box("Float"));

    /** Where the builds of the kernel generator and of all jars are named. */
    private static final String GENERATOR = "tfl/backend/llvm/Generator.class";
    private static final String PLANNER = "tfl/plan/Planner.class";

    private final ClassFile classFile;
    private int choices;

    private PlainBytecode(List<JarFile> jars) {
        var hierarchy = ClassHierarchyResolver.ofResourceParsing(type -> find(jars, type))
                .orElse(ClassHierarchyResolver.ofClassLoading(ClassLoader.getSystemClassLoader())).cached();
        this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    public static void main(String[] arguments) throws IOException {
        int count = List.of(arguments).indexOf("--");
        var jars = new ArrayList<JarFile>();
        for (int i = 0; i < arguments.length; i++) {
            if (i != count) {
                jars.add(new JarFile(arguments[i]));
            }
        }
        var work = new PlainBytecode(jars);
        var contents = new ArrayList<Map<String, byte[]>>();
        var all = new TreeMap<String, byte[]>();
        for (int i = 0; i < count; i++) {
            contents.add(work.contents(jars.get(i)));
            all.putAll(contents.get(i));
        }
        for (var name : List.of(GENERATOR, PLANNER)) {
            var owner = contents.stream().filter(each -> each.containsKey(name)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar holds " + name));
            owner.put(name, work.named(owner.get(name), fingerprint(name.equals(PLANNER) ? all : owner)));
        }
        for (int i = 0; i < count; i++) {
            rewrite(jars.get(i), contents.get(i), Path.of(arguments[i]));
        }
    }

    private static ClassDesc box(String name) {
        return ClassDesc.of("java.lang." + name);
    }

    private static InputStream find(List<JarFile> jars, ClassDesc type) {
        var descriptor = type.descriptorString();
        var name = descriptor.substring(1, descriptor.length() - 1) + ".class";
        try {
            for (var jar : jars) {
                if (jar.getEntry(name) != null) {
                    return jar.getInputStream(jar.getEntry(name));
                }
            }
            return null;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Map<String, byte[]> contents(JarFile jar) throws IOException {
        var contents = new TreeMap<String, byte[]>();
        for (var entry : jar.stream().toList()) {
            var bytes = jar.getInputStream(entry).readAllBytes();
            contents.put(entry.getName(), entry.getName().endsWith(".class") ? plain(bytes) : bytes);
        }
        return contents;
    }

    private static void rewrite(JarFile jar, Map<String, byte[]> contents, Path file) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        try (var out = new JarOutputStream(Files.newOutputStream(aside))) {
            for (var entry : jar.stream().toList()) {
                var copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(contents.get(entry.getName()));
                out.closeEntry();
            }
        }
        Files.setLastModifiedTime(aside, Files.getLastModifiedTime(file));
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A digest of the classes of jars; not of what else they hold, which differs from build to build. */
    private static String fingerprint(Map<String, byte[]> contents) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((name, bytes) -> {
                if (name.endsWith(".class")) {
                    digest.update((name + " " + bytes.length + " ").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                }
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The class with the fingerprint as what its method of that name returns. */
    private byte[] named(byte[] bytes, String fingerprint) {
        return classFile.transformClass(classFile.parse(bytes), ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("fingerprint"),
                (b, element) -> {
                    if (element instanceof ConstantInstruction) {
                        b.loadConstant(fingerprint);
                    } else {
                        b.with(element);
                    }
                }));
    }

    private byte[] plain(byte[] bytes) {
        choices = 0;
        var model = classFile.parse(bytes);
        if (model.methods().stream().flatMap(method -> method.code().stream()).flatMap(CodeModel::elementStream)
                .noneMatch(PlainBytecode::isReplaced)) {
            return bytes;
        }
        var owner = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        return classFile.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                new Method(owner, isInterface).rewrite(builder, method);
            } else {
                builder.with(element);
            }
        });
    }

    private static boolean isReplaced(Object element) {
        return element instanceof InvokeDynamicInstruction call
                && switch (call.bootstrapMethod().owner().displayName()) {
                    case "ObjectMethods" -> true;
                    case "SwitchBootstraps" -> call.bootstrapArgs().stream()
                            .allMatch(label -> label instanceof ClassDesc || label instanceof String);
                    default -> false;
                };
    }

    /** One method on its way. */
    private final class Method {
        private final ClassDesc owner;
        private final boolean isInterface;
        private final List<InvokeDynamicInstruction> switches = new ArrayList<>();

        Method(ClassDesc owner, boolean isInterface) {
            this.owner = owner;
            this.isInterface = isInterface;
        }

        void rewrite(ClassBuilder builder, MethodModel method) {
            int first = choices;
            builder.transformMethod(method, (parts, part) -> {
                if (part instanceof CodeModel code) {
                    parts.transformCode(code, (b, element) -> {
                        if (isReplaced(element)) {
                            replace(b, (InvokeDynamicInstruction) element, first);
                        } else {
                            b.with(element);
                        }
                    });
                } else {
                    parts.with(part);
                }
            });
            for (var call : switches) {
                builder.withMethodBody("$choice$" + choices++, CHOICE,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, b -> choose(b, call));
            }
        }

        private void replace(CodeBuilder b, InvokeDynamicInstruction call, int first) {
            switch (call.name().stringValue()) {
                case "equals" -> equal(b, call);
                case "hashCode" -> hash(b, call);
                case "toString" -> text(b, call);
                default -> {
                    b.invokestatic(owner, "$choice$" + (first + switches.size()), CHOICE, isInterface);
                    switches.add(call);
                }
            }
        }

        private void equal(CodeBuilder b, InvokeDynamicInstruction call) {
            int other = b.allocateLocal(TypeKind.REFERENCE);
            int self = b.allocateLocal(TypeKind.REFERENCE);
            var no = b.newLabel();
            var end = b.newLabel();
            b.astore(other).astore(self).aload(other).instanceOf(owner).ifeq(no);
            for (var getter : getters(call)) {
                var type = getter.invocationType().returnType();
                b.aload(self).getfield(owner, getter.methodName(), type);
                b.aload(other).checkcast(owner).getfield(owner, getter.methodName(), type);
                switch (type.descriptorString()) {
                    case "I", "Z", "B", "S", "C" -> b.if_icmpne(no);
                    case "J", "D", "F" -> b.invokestatic(BOXES.get(type.descriptorString()), "compare",
                            MethodTypeDesc.of(CD_int, type, type)).ifne(no);
                    default -> b.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                            .ifeq(no);
                }
            }
            b.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
        }

        private void hash(CodeBuilder b, InvokeDynamicInstruction call) {
            int self = b.allocateLocal(TypeKind.REFERENCE);
            b.astore(self).iconst_0();
            for (var getter : getters(call)) {
                var type = getter.invocationType().returnType();
                var box = BOXES.get(type.descriptorString());
                b.bipush(31).imul().aload(self).getfield(owner, getter.methodName(), type);
                b.invokestatic(box == null ? OBJECTS : box, "hashCode",
                        MethodTypeDesc.of(CD_int, box == null ? CD_Object : type)).iadd();
            }
        }

        private void text(CodeBuilder b, InvokeDynamicInstruction call) {
            int self = b.allocateLocal(TypeKind.REFERENCE);
            b.astore(self).new_(TEXT).dup().invokespecial(TEXT, "<init>", MethodTypeDesc.of(CD_void));
            var name = owner.displayName();
            var before = name.substring(name.lastIndexOf('$') + 1).replaceFirst("^[0-9]+", "") + "[";
            for (var getter : getters(call)) {
                var type = getter.invocationType().returnType();
                append(b, before + getter.methodName() + "=");
                var shown = switch (type.descriptorString()) {
                    case "B", "S" -> CD_int;
                    default -> type.isPrimitive() ? type : CD_Object;
                };
                b.aload(self).getfield(owner, getter.methodName(), type);
                b.invokevirtual(TEXT, "append", MethodTypeDesc.of(TEXT, shown));
                before = ", ";
            }
            append(b, getters(call).isEmpty() ? before + "]" : "]");
            b.invokevirtual(TEXT, "toString", MethodTypeDesc.of(CD_String));
        }
    }

    /** The place of the first label, from the given one on, that fits the target; -1 for null. */
    private static void choose(CodeBuilder b, InvokeDynamicInstruction call) {
        var labels = call.bootstrapArgs();
        var type = call.typeSymbol().parameterType(0);
        boolean enums = call.bootstrapMethod().methodName().equals("enumSwitch");
        var some = b.newLabel();
        var none = b.newLabel();
        b.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
        var starts = new ArrayList<Label>();
        var cases = new ArrayList<SwitchCase>();
        for (int i = 0; i < labels.size(); i++) {
            starts.add(b.newLabel());
            cases.add(SwitchCase.of(i, starts.get(i)));
        }
        if (!labels.isEmpty()) {
            b.iload(1).tableswitch(0, labels.size() - 1, none, cases);
        }
        for (int i = 0; i < labels.size(); i++) {
            var next = i + 1 < labels.size() ? starts.get(i + 1) : none;
            b.labelBinding(starts.get(i));
            if (labels.get(i) instanceof ClassDesc wanted) {
                b.aload(0).instanceOf(wanted).ifeq(next);
            } else if (enums) {
                b.aload(0).getstatic(type, (String) labels.get(i), type).if_acmpne(next);
            } else {
                b.loadConstant(labels.get(i)).aload(0).invokevirtual(CD_Object, "equals", EQUALS).ifeq(next);
            }
            b.loadConstant(i).ireturn();
        }
        b.labelBinding(none).loadConstant(labels.size()).ireturn();
    }

    private static List<DirectMethodHandleDesc> getters(InvokeDynamicInstruction call) {
        List<ConstantDesc> arguments = call.bootstrapArgs();
        return arguments.subList(2, arguments.size()).stream().map(DirectMethodHandleDesc.class::cast).toList();
    }

    private static void append(CodeBuilder b, String text) {
        b.loadConstant(text).invokevirtual(TEXT, "append", MethodTypeDesc.of(TEXT, CD_String));
    }
}
