package tfl.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tfl.tensor.DType.BF16;
import static tfl.tensor.DType.BOOL;
import static tfl.tensor.DType.C64;
import static tfl.tensor.DType.F16;
import static tfl.tensor.DType.F32;
import static tfl.tensor.DType.F64;
import static tfl.tensor.DType.I16;
import static tfl.tensor.DType.I32;
import static tfl.tensor.DType.I64;
import static tfl.tensor.DType.I8;
import static tfl.tensor.DType.U8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.graph.GraphPrinter;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cast;
import tfl.primitive.Clip;
import tfl.primitive.Concat;
import tfl.primitive.Cumulative;
import tfl.primitive.Full;
import tfl.primitive.Insert;
import tfl.primitive.Iota;
import tfl.primitive.MatMul;
import tfl.primitive.Pad;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceLogical;
import tfl.primitive.ReduceProd;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Select;
import tfl.primitive.Slice;
import tfl.primitive.StopGradient;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Each row of the passes: a small graph before and after, one line one case. */
class RowsTest {
    /** A graph and what becomes of it, as printed, without the inputs. */
    record Row(Sketch sketch, String expected) {
        @Override
        public String toString() {
            return expected;
        }
    }

    private static final List<Row> ROWS = new ArrayList<>();

    static {
        scalars();
        numbers();
        casts();
        movement();
        reductions();
        folds();
        layout();
        whole();
    }

    private static Sketch of(DType dtype, long... dims) {
        return new Sketch(new TensorType(dtype, Shape.of(dims)));
    }

    private static Slice slice(long... ranges) {
        return new Slice(List.of(ranges[0], ranges[1]), List.of(ranges[2], ranges[3]), List.of(ranges[4], ranges[5]));
    }

    private static void row(Sketch sketch, String expected) {
        ROWS.add(new Row(sketch, expected));
    }

    private static void scalars() {
        row(of(F32, 2).unary(UnaryOp.NEG).unary(UnaryOp.NEG), "%1: f32[2] = neg %0; %2: f32[2] = neg %1; gives %2  =>  gives %0");
        row(of(C64, 2).unary(UnaryOp.CONJ).unary(UnaryOp.CONJ), "%1: c64[2] = conj %0; %2: c64[2] = conj %1; gives %2  =>  gives %0");
        row(of(BOOL, 2).unary(UnaryOp.NOT).unary(UnaryOp.NOT), "%1: bool[2] = not %0; %2: bool[2] = not %1; gives %2  =>  gives %0");
        row(of(F32, 2).unary(UnaryOp.ABS).unary(UnaryOp.ABS), "%1: f32[2] = abs %0; %2: f32[2] = abs %1; gives %2  =>  %1: f32[2] = abs %0; gives %1");
        row(of(F32, 2).unary(UnaryOp.NEG).unary(UnaryOp.ABS), "%1: f32[2] = neg %0; %2: f32[2] = abs %1; gives %2  =>  %1: f32[2] = abs %0; gives %1");
        row(of(F32, 2).unary(UnaryOp.FLOOR).unary(UnaryOp.ROUND), "%1: f32[2] = floor %0; %2: f32[2] = round %1; gives %2  =>  %1: f32[2] = floor %0; gives %1");
        row(of(I32, 2).unary(UnaryOp.CEIL), "%1: i32[2] = ceil %0; gives %1  =>  gives %0");
        row(of(F32, 2).unary(UnaryOp.REAL), "%1: f32[2] = real %0; gives %1  =>  gives %0");
        row(of(I32, 2).and(I32, 2).binary(BinaryOp.SUB, 0, 1).unary(UnaryOp.NEG), "%2: i32[2] = sub %0 %1; %3: i32[2] = neg %2; gives %3  =>  %2: i32[2] = sub %1 %0; gives %2");
        row(of(F32, 2).and(F32, 2).binary(BinaryOp.SUB, 0, 1).unary(UnaryOp.NEG), "%2: f32[2] = sub %0 %1; %3: f32[2] = neg %2; gives %3  =>  %2: f32[2] = sub %0 %1; %3: f32[2] = neg %2; gives %3");
        row(of(F32, 2).and(F32, 2).binary(BinaryOp.EQ, 0, 1).unary(UnaryOp.NOT), "%2: bool[2] = eq %0 %1; %3: bool[2] = not %2; gives %3  =>  %2: bool[2] = ne %0 %1; gives %2");
        row(of(F32, 2).and(F32, 2).binary(BinaryOp.LT, 0, 1).unary(UnaryOp.NOT), "%2: bool[2] = lt %0 %1; %3: bool[2] = not %2; gives %3  =>  %2: bool[2] = lt %0 %1; %3: bool[2] = not %2; gives %3");
        row(of(I32, 2).and(I32, 2).binary(BinaryOp.LT, 0, 1).unary(UnaryOp.NOT), "%2: bool[2] = lt %0 %1; %3: bool[2] = not %2; gives %3  =>  %2: bool[2] = ge %0 %1; gives %2");
        row(of(F32, 2).and(F32, 2).binary(BinaryOp.COMPLEX, 0, 1).unary(UnaryOp.IMAG), "%2: c64[2] = complex %0 %1; %3: f32[2] = imag %2; gives %3  =>  gives %1");
        row(of(C64, 2).apply(new Unary(UnaryOp.REAL), 0).apply(new Unary(UnaryOp.IMAG), 0).binary(BinaryOp.COMPLEX, 1, 2), "%1: f32[2] = real %0; %2: f32[2] = imag %0; %3: c64[2] = complex %1 %2; gives %3  =>  gives %0");
        row(of(F32, 2).and(F32, 2).apply(new Unary(UnaryOp.NEG), 1).binary(BinaryOp.ADD, 0, 2), "%2: f32[2] = neg %1; %3: f32[2] = add %0 %2; gives %3  =>  %2: f32[2] = sub %0 %1; gives %2");
        row(of(F32, 2).and(F32, 2).apply(new Unary(UnaryOp.NEG), 0).binary(BinaryOp.ADD, 2, 1), "%2: f32[2] = neg %0; %3: f32[2] = add %2 %1; gives %3  =>  %2: f32[2] = sub %1 %0; gives %2");
        row(of(F32, 2).and(F32, 2).apply(new Unary(UnaryOp.NEG), 1).binary(BinaryOp.SUB, 0, 2), "%2: f32[2] = neg %1; %3: f32[2] = sub %0 %2; gives %3  =>  %2: f32[2] = add %0 %1; gives %2");
        row(of(F32, 2).and(F32, 2).apply(new Unary(UnaryOp.NEG), 0).apply(new Unary(UnaryOp.NEG), 1).binary(BinaryOp.MUL, 2, 3), "%2: f32[2] = neg %0; %3: f32[2] = neg %1; %4: f32[2] = mul %2 %3; gives %4  =>  %2: f32[2] = mul %0 %1; gives %2");
        row(of(F32, 2).binary(BinaryOp.MAX, 0, 0), "%1: f32[2] = max %0 %0; gives %1  =>  gives %0");
        row(of(I32, 2).binary(BinaryOp.SUB, 0, 0), "%1: i32[2] = sub %0 %0; gives %1  =>  gives 0: i32[2]");
        row(of(F32, 2).binary(BinaryOp.SUB, 0, 0), "%1: f32[2] = sub %0 %0; gives %1  =>  %1: f32[2] = sub %0 %0; gives %1");
        row(of(F32, 2).binary(BinaryOp.LT, 0, 0), "%1: bool[2] = lt %0 %0; gives %1  =>  gives false: bool[2]");
        row(of(F32, 2).binary(BinaryOp.EQ, 0, 0), "%1: bool[2] = eq %0 %0; gives %1  =>  %1: bool[2] = eq %0 %0; gives %1");
        row(of(I32, 2).binary(BinaryOp.EQ, 0, 0), "%1: bool[2] = eq %0 %0; gives %1  =>  gives true: bool[2]");
        row(of(BOOL, 2).binary(BinaryOp.XOR, 0, 0), "%1: bool[2] = xor %0 %0; gives %1  =>  gives false: bool[2]");
        row(of(F32, 2).then(new Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)), "%1: f32[2] = clip %0 low=-Infinity high=Infinity; gives %1  =>  gives %0");
        row(of(F32, 2).then(new Activation(Activation.Function.RELU)).then(new Activation(Activation.Function.RELU)), "%1: f32[2] = relu %0; %2: f32[2] = relu %1; gives %2  =>  %1: f32[2] = relu %0; gives %1");
        row(of(F32, 2).then(new StopGradient()), "%1: f32[2] = stop_gradient %0; gives %1  =>  gives %0");
        row(of(BOOL, 2).and(F32, 2).apply(new Select(), 0, 1, 1), "%2: f32[2] = where %0 %1 %1; gives %2  =>  gives %1");
        row(of(BOOL, 2).and(F32, 2).and(F32, 2).apply(new Unary(UnaryOp.NOT), 0).apply(new Select(), 3, 1, 2), "%3: bool[2] = not %0; %4: f32[2] = where %3 %1 %2; gives %4  =>  %3: f32[2] = where %0 %2 %1; gives %3");
        row(of(BOOL, 2).and(F32, 2).and(F32, 2).apply(new Select(), 0, 1, 2).apply(new Select(), 0, 3, 2), "%3: f32[2] = where %0 %1 %2; %4: f32[2] = where %0 %3 %2; gives %4  =>  %3: f32[2] = where %0 %1 %2; gives %3");
        row(of(BOOL, 2).and(F32, 2).and(F32, 2).apply(new Select(), 0, 1, 2).apply(new Select(), 0, 1, 3), "%3: f32[2] = where %0 %1 %2; %4: f32[2] = where %0 %1 %3; gives %4  =>  %3: f32[2] = where %0 %1 %2; gives %3");
    }

    private static void numbers() {
        row(of(I32, 2).with(BinaryOp.ADD, 0), "%1: i32[2] = add %0 0; gives %1  =>  gives %0");
        row(of(F32, 2).with(BinaryOp.ADD, 0), "%1: f32[2] = add %0 0.0; gives %1  =>  %1: f32[2] = add %0 0.0; gives %1");
        row(of(F32, 2).with(BinaryOp.ADD, -0.0), "%1: f32[2] = add %0 -0.0; gives %1  =>  gives %0");
        row(of(C64, 2).with(BinaryOp.ADD, 0), "%1: c64[2] = add %0 0.0; gives %1  =>  %1: c64[2] = add %0 0.0; gives %1");
        row(of(F32, 2).with(BinaryOp.SUB, 0), "%1: f32[2] = sub %0 0.0; gives %1  =>  gives %0");
        row(of(F32, 2).with(BinaryOp.SUB, -0.0), "%1: f32[2] = sub %0 -0.0; gives %1  =>  %1: f32[2] = sub %0 -0.0; gives %1");
        row(of(I32, 2).from(BinaryOp.SUB, 0), "%1: i32[2] = sub 0 %0; gives %1  =>  %1: i32[2] = neg %0; gives %1");
        row(of(F32, 2).from(BinaryOp.SUB, 0), "%1: f32[2] = sub 0.0 %0; gives %1  =>  %1: f32[2] = sub 0.0 %0; gives %1");
        row(of(F32, 2).with(BinaryOp.MUL, 1), "%1: f32[2] = mul %0 1.0; gives %1  =>  gives %0");
        row(of(F32, 2).from(BinaryOp.MUL, 1), "%1: f32[2] = mul 1.0 %0; gives %1  =>  gives %0");
        row(of(C64, 2).with(BinaryOp.MUL, 1), "%1: c64[2] = mul %0 1.0; gives %1  =>  %1: c64[2] = mul %0 1.0; gives %1");
        row(of(F32, 2).with(BinaryOp.MUL, 0), "%1: f32[2] = mul %0 0.0; gives %1  =>  %1: f32[2] = mul %0 0.0; gives %1");
        row(of(I32, 2).with(BinaryOp.MUL, 0), "%1: i32[2] = mul %0 0; gives %1  =>  gives 0: i32[2]");
        row(of(F32, 2).with(BinaryOp.DIV, 1), "%1: f32[2] = div %0 1.0; gives %1  =>  gives %0");
        row(of(F32, 2).with(BinaryOp.DIV, 4), "%1: f32[2] = div %0 4.0; gives %1  =>  %1: f32[2] = mul %0 0.25; gives %1");
        row(of(F32, 2).with(BinaryOp.DIV, 3), "%1: f32[2] = div %0 3.0; gives %1  =>  %1: f32[2] = div %0 3.0; gives %1");
        row(of(F32, 2).with(BinaryOp.DIV, 0), "%1: f32[2] = div %0 0.0; gives %1  =>  %1: f32[2] = div %0 0.0; gives %1");
        row(of(F32, 2).from(BinaryOp.DIV, 1), "%1: f32[2] = div 1.0 %0; gives %1  =>  %1: f32[2] = div 1.0 %0; gives %1");
        row(of(I32, 2).with(BinaryOp.FLOOR_DIV, 1), "%1: i32[2] = floor_div %0 1; gives %1  =>  gives %0");
        row(of(F32, 2).with(BinaryOp.FLOOR_DIV, 1), "%1: f32[2] = floor_div %0 1.0; gives %1  =>  %1: f32[2] = floor_div %0 1.0; gives %1");
        row(of(I32, 2).with(BinaryOp.MOD, 1), "%1: i32[2] = mod %0 1; gives %1  =>  gives 0: i32[2]");
        row(of(I32, 2).with(BinaryOp.POW, 1), "%1: i32[2] = pow %0 1; gives %1  =>  gives %0");
        row(of(F32, 2).with(BinaryOp.POW, 2), "%1: f32[2] = pow %0 2.0; gives %1  =>  %1: f32[2] = pow %0 2.0; gives %1");
        row(of(BOOL, 2).with(BinaryOp.AND, 1), "%1: bool[2] = and %0 true; gives %1  =>  gives %0");
        row(of(BOOL, 2).with(BinaryOp.AND, 0), "%1: bool[2] = and %0 false; gives %1  =>  gives false: bool[2]");
        row(of(U8, 2).with(BinaryOp.OR, 255), "%1: u8[2] = or %0 255; gives %1  =>  gives 255: u8[2]");
        row(of(I32, 2).with(BinaryOp.OR, 0), "%1: i32[2] = or %0 0; gives %1  =>  gives %0");
        row(of(BOOL, 2).with(BinaryOp.XOR, 1), "%1: bool[2] = xor %0 true; gives %1  =>  %1: bool[2] = not %0; gives %1");
        row(of(I32, 2).with(BinaryOp.SHIFT_LEFT, 0), "%1: i32[2] = shift_left %0 0; gives %1  =>  gives %0");
        row(of(I32, 2).number(I32, 3, 2).number(I32, 4, 2).binary(BinaryOp.MUL, 1, 2).binary(BinaryOp.ADD, 0, 3), "%1: i32[2] = mul 3:i32[2] 4:i32[2]; %2: i32[2] = add %0 %1; gives %2  =>  %1: i32[2] = add %0 12; gives %1");
        row(of(F32, 2).number(F32, 0.1, 2).number(F32, 3, 2).binary(BinaryOp.MUL, 1, 2).binary(BinaryOp.ADD, 0, 3), "%1: f32[2] = mul 0.1:f32[2] 3.0:f32[2]; %2: f32[2] = add %0 %1; gives %2  =>  %1: f32[2] = add %0 0.3; gives %1");
        row(of(F32, 2).number(F32, 2, 2).apply(new Unary(UnaryOp.EXP), 1).binary(BinaryOp.ADD, 0, 2), "%1: f32[2] = exp 2.0:f32[2]; %2: f32[2] = add %0 %1; gives %2  =>  %1: f32[2] = exp 2.0:f32[2]; %2: f32[2] = add %0 %1; gives %2");
        row(of(F32, 2).number(F32, 2, 2).apply(new Unary(UnaryOp.SQRT), 1).binary(BinaryOp.ADD, 0, 2), "%1: f32[2] = sqrt 2.0:f32[2]; %2: f32[2] = add %0 %1; gives %2  =>  %1: f32[2] = add %0 1.4142135; gives %1");
        row(of(F32, 2).and(F32, 2).number(BOOL, 1, 2).apply(new Select(), 2, 0, 1), "%2: f32[2] = where true %0 %1; gives %2  =>  gives %0");
        row(of(BOOL, 2).number(BOOL, 1, 2).number(BOOL, 0, 2).apply(new Select(), 0, 2, 1), "%1: bool[2] = where %0 false true; gives %1  =>  %1: bool[2] = not %0; gives %1");
    }

    private static void casts() {
        row(of(F32, 2).then(new Cast(F32)), "%1: f32[2] = astype %0; gives %1  =>  gives %0");
        row(of(F32, 2).then(new Cast(F64)).then(new Cast(F32)), "%1: f64[2] = astype %0; %2: f32[2] = astype %1; gives %2  =>  gives %0");
        row(of(F32, 2).then(new Cast(F16)).then(new Cast(F32)), "%1: f16[2] = astype %0; %2: f32[2] = astype %1; gives %2  =>  %1: f16[2] = astype %0; %2: f32[2] = astype %1; gives %2");
        row(of(F32, 2).then(new Cast(F64)).then(new Cast(BF16)), "%1: f64[2] = astype %0; %2: bf16[2] = astype %1; gives %2  =>  %1: bf16[2] = astype %0; gives %1");
        row(of(I8, 2).then(new Cast(I32)).then(new Cast(I16)), "%1: i32[2] = astype %0; %2: i16[2] = astype %1; gives %2  =>  %1: i16[2] = astype %0; gives %1");
        row(of(I16, 2).then(new Cast(F32)).then(new Cast(I8)), "%1: f32[2] = astype %0; %2: i8[2] = astype %1; gives %2  =>  %1: f32[2] = astype %0; %2: i8[2] = astype %1; gives %2");
        row(of(I16, 2).then(new Cast(F32)).then(new Cast(F64)), "%1: f32[2] = astype %0; %2: f64[2] = astype %1; gives %2  =>  %1: f64[2] = astype %0; gives %1");
        row(of(I32, 2).then(new Cast(F32)).then(new Cast(F64)), "%1: f32[2] = astype %0; %2: f64[2] = astype %1; gives %2  =>  %1: f32[2] = astype %0; %2: f64[2] = astype %1; gives %2");
        row(of(I32, 2).then(new Cast(I64)).then(new Cast(F16)), "%1: i64[2] = astype %0; %2: f16[2] = astype %1; gives %2  =>  %1: i64[2] = astype %0; %2: f16[2] = astype %1; gives %2");
        row(of(BOOL, 2).then(new Cast(F32)).then(new Cast(I64)), "%1: f32[2] = astype %0; %2: i64[2] = astype %1; gives %2  =>  %1: i64[2] = astype %0; gives %1");
        row(of(U8, 2).then(new Cast(I8)).then(new Cast(I16)), "%1: i8[2] = astype %0; %2: i16[2] = astype %1; gives %2  =>  %1: i8[2] = astype %0; %2: i16[2] = astype %1; gives %2");
    }

    private static void movement() {
        row(of(F32, 2, 3).then(new Transpose(List.of(0, 1))), "%1: f32[2, 3] = transpose %0 order=[0, 1]; gives %1  =>  gives %0");
        row(of(F32, 2, 3).then(new Transpose(List.of(1, 0))).then(new Transpose(List.of(1, 0))), "%1: f32[3, 2] = transpose %0 order=[1, 0]; %2: f32[2, 3] = transpose %1 order=[1, 0]; gives %2  =>  gives %0");
        row(of(F32, 2, 3, 4).then(new Transpose(List.of(1, 2, 0))).then(new Transpose(List.of(0, 2, 1))), "%1: f32[3, 4, 2] = transpose %0 order=[1, 2, 0]; %2: f32[3, 2, 4] = transpose %1 order=[0, 2, 1]; gives %2  =>  %1: f32[3, 2, 4] = transpose %0 order=[1, 0, 2]; gives %1");
        row(of(F32, 2, 1, 3).then(new Transpose(List.of(1, 0, 2))), "%1: f32[1, 2, 3] = transpose %0 order=[1, 0, 2]; gives %1  =>  %1: f32[1, 2, 3] = reshape %0; gives %1");
        row(of(F32, 2, 3).then(new Reshape(Shape.of(2, 3))), "%1: f32[2, 3] = reshape %0; gives %1  =>  gives %0");
        row(of(F32, 2, 3).then(new Reshape(Shape.of(6))).then(new Reshape(Shape.of(3, 2))), "%1: f32[6] = reshape %0; %2: f32[3, 2] = reshape %1; gives %2  =>  %1: f32[3, 2] = reshape %0; gives %1");
        row(of(F32, 3).then(new BroadcastTo(Shape.of(3))), "%1: f32[3] = broadcast_to %0; gives %1  =>  gives %0");
        row(of(F32, 3).then(new BroadcastTo(Shape.of(2, 3))).then(new BroadcastTo(Shape.of(4, 2, 3))), "%1: f32[2, 3] = broadcast_to %0; %2: f32[4, 2, 3] = broadcast_to %1; gives %2  =>  %1: f32[4, 2, 3] = broadcast_to %0; gives %1");
        row(of(F32, 3).then(new Reshape(Shape.of(1, 3))).then(new BroadcastTo(Shape.of(2, 3))), "%1: f32[1, 3] = reshape %0; %2: f32[2, 3] = broadcast_to %1; gives %2  =>  %1: f32[2, 3] = broadcast_to %0; gives %1");
        row(of(F32, 3).then(new Reshape(Shape.of(3, 1))).then(new BroadcastTo(Shape.of(3, 2))), "%1: f32[3, 1] = reshape %0; %2: f32[3, 2] = broadcast_to %1; gives %2  =>  %1: f32[3, 1] = reshape %0; %2: f32[3, 2] = broadcast_to %1; gives %2");
        row(of(F32, 3).then(new BroadcastTo(Shape.of(1, 1, 3))).then(new Reshape(Shape.of(3))), "%1: f32[1, 1, 3] = broadcast_to %0; %2: f32[3] = reshape %1; gives %2  =>  gives %0");
        row(of(F32, 4, 3).then(slice(0, 0, 4, 3, 1, 1)), "%1: f32[4, 3] = slice %0 start=[0, 0]; gives %1  =>  gives %0");
        row(of(F32, 4, 3).then(slice(3, 0, 4, 3, -1, 1)), "%1: f32[4, 3] = slice %0 start=[3, 0] step=[-1, 1]; gives %1  =>  %1: f32[4, 3] = slice %0 start=[3, 0] step=[-1, 1]; gives %1");
        row(of(F32, 9).then(new Slice(List.of(1L), List.of(4L), List.of(2L))).then(new Slice(List.of(3L), List.of(2L), List.of(-2L))), "%1: f32[4] = slice %0 start=[1] step=[2]; %2: f32[2] = slice %1 start=[3] step=[-2]; gives %2  =>  %1: f32[2] = slice %0 start=[7] step=[-4]; gives %1");
        row(of(F32, 1, 3).then(new BroadcastTo(Shape.of(4, 3))).then(slice(1, 0, 2, 3, 1, 1)), "%1: f32[4, 3] = broadcast_to %0; %2: f32[2, 3] = slice %1 start=[1, 0]; gives %2  =>  %1: f32[2, 3] = broadcast_to %0; gives %1");
        row(of(F32, 1, 3).then(new BroadcastTo(Shape.of(4, 3))).then(slice(1, 0, 2, 2, 1, 1)), "%1: f32[4, 3] = broadcast_to %0; %2: f32[2, 2] = slice %1 start=[1, 0]; gives %2  =>  %1: f32[4, 3] = broadcast_to %0; %2: f32[2, 2] = slice %1 start=[1, 0]; gives %2");
        row(of(F32, 3).then(new Pad(List.of(2L), List.of(1L), List.of(0L), 0)).then(new Slice(List.of(3L), List.of(2L), List.of(1L))), "%1: f32[6] = pad %0 low=[2] high=[1] value=0; %2: f32[2] = slice %1 start=[3]; gives %2  =>  %1: f32[2] = slice %0 start=[1]; gives %1");
        row(of(F32, 3).then(new Pad(List.of(2L), List.of(1L), List.of(0L), 0)).then(new Slice(List.of(1L), List.of(2L), List.of(1L))), "%1: f32[6] = pad %0 low=[2] high=[1] value=0; %2: f32[2] = slice %1 start=[1]; gives %2  =>  %1: f32[6] = pad %0 low=[2] high=[1] value=0; %2: f32[2] = slice %1 start=[1]; gives %2");
        row(of(F32, 3).and(F32, 4).apply(new Concat(0), 0, 1).then(new Slice(List.of(4L), List.of(2L), List.of(1L))), "%2: f32[7] = concat %0 %1 axis=0; %3: f32[2] = slice %2 start=[4]; gives %3  =>  %2: f32[2] = slice %1 start=[1]; gives %2");
        row(of(F32, 3).and(F32, 4).apply(new Concat(0), 0, 1).then(new Slice(List.of(2L), List.of(2L), List.of(1L))), "%2: f32[7] = concat %0 %1 axis=0; %3: f32[2] = slice %2 start=[2]; gives %3  =>  %2: f32[7] = concat %0 %1 axis=0; %3: f32[2] = slice %2 start=[2]; gives %3");
        row(of(F32, 3).then(new Pad(List.of(0L), List.of(0L), List.of(0L), 0)), "%1: f32[3] = pad %0 low=[0] high=[0] value=0; gives %1  =>  gives %0");
        row(of(F32, 3).then(new Concat(0)), "%1: f32[3] = concat %0 axis=0; gives %1  =>  gives %0");
        row(of(F32, 3).and(F32, 0).apply(new Concat(0), 0, 1), "%2: f32[3] = concat %0 %1 axis=0; gives %2  =>  gives %0");
        row(of(F32, 3).and(F32, 2).apply(new Concat(0), 0, 1).apply(new Concat(0), 2, 0), "%2: f32[5] = concat %0 %1 axis=0; %3: f32[8] = concat %2 %0 axis=0; gives %3  =>  %2: f32[8] = concat %0 %1 %0 axis=0; gives %2");
        row(of(F32, 3).and(F32, 3).apply(new Insert(List.of(0L), List.of(1L)), 0, 1), "%2: f32[3] = insert %0 %1 start=[0]; gives %2  =>  gives %1");
        row(of(F32, 3).and(F32, 0).apply(new Insert(List.of(0L), List.of(1L)), 0, 1), "%2: f32[3] = insert %0 %1 start=[0]; gives %2  =>  gives %0");
        row(of(F32, 3).and(F32, 3).apply(new Insert(List.of(2L), List.of(-1L)), 0, 1), "%2: f32[3] = insert %0 %1 start=[2] step=[-1]; gives %2  =>  %2: f32[3] = insert %0 %1 start=[2] step=[-1]; gives %2");
        row(of(F32, 3).number(F32, 2, 1).apply(new BroadcastTo(Shape.of(3)), 1).binary(BinaryOp.ADD, 0, 2), "%1: f32[3] = broadcast_to 2.0:f32[1]; %2: f32[3] = add %0 %1; gives %2  =>  %1: f32[3] = add %0 2.0; gives %1");
        row(of(F32, 3).number(F32, 2, 1).apply(new Pad(List.of(1L), List.of(1L), List.of(0L), 2), 1).binary(BinaryOp.ADD, 0, 2), "%1: f32[3] = pad 2.0:f32[1] low=[1] high=[1] value=2; %2: f32[3] = add %0 %1; gives %2  =>  %1: f32[3] = add %0 2.0; gives %1");
        row(of(F32, 3).and(F32, 2).number(F32, 0, 5).apply(new Insert(List.of(2L), List.of(1L)), 2, 0).apply(new Insert(List.of(0L), List.of(1L)), 2, 1).binary(BinaryOp.ADD, 3, 4), "%2: f32[5] = insert 0.0:f32[5] %0 start=[2]; %3: f32[5] = insert 0.0:f32[5] %1 start=[0]; %4: f32[5] = add %2 %3; gives %4  =>  %2: f32[2] = add %1 0.0; %3: f32[3] = add %0 0.0; %4: f32[5] = concat %2 %3 axis=0; gives %4");
        row(of(F32, 3).number(F32, 2, 1).number(F32, 2, 2).apply(new Concat(0), 1, 2).binary(BinaryOp.ADD, 0, 3), "%1: f32[3] = concat 2.0:f32[1] 2.0:f32[2] axis=0; %2: f32[3] = add %0 %1; gives %2  =>  %1: f32[3] = add %0 2.0; gives %1");
        row(of(I8, 3).apply(new Full(new TensorType(I8, Shape.of(3)), 300)).binary(BinaryOp.ADD, 0, 1), "%1: i8[3] = full 300; %2: i8[3] = add %0 %1; gives %2  =>  %1: i8[3] = add %0 44; gives %1");
        row(of(F32, 3).apply(Full.of(new TensorType(F32, Shape.of(3)), 2.5)).binary(BinaryOp.ADD, 0, 1), "%1: f32[3] = full 2.5; %2: f32[3] = add %0 %1; gives %2  =>  %1: f32[3] = add %0 2.5; gives %1");
    }

    private static void reductions() {
        row(of(I32, 2, 3).then(new ReduceSum(List.of())), "%1: i32[2, 3] = sum %0 axes=[]; gives %1  =>  gives %0");
        row(of(F32, 2, 3).then(new ReduceSum(List.of())), "%1: f32[2, 3] = sum %0 axes=[]; gives %1  =>  %1: f32[2, 3] = sum %0 axes=[]; gives %1");
        row(of(F32, 2, 3).then(new ReduceProd(List.of())), "%1: f32[2, 3] = prod %0 axes=[]; gives %1  =>  %1: f32[2, 3] = prod %0 axes=[]; gives %1");
        row(of(I32, 2, 3).then(new ReduceProd(List.of())), "%1: i32[2, 3] = prod %0 axes=[]; gives %1  =>  gives %0");
        row(of(F32, 1, 3).then(new ReduceExtreme(true, List.of(0))), "%1: f32[3] = max %0 axes=[0]; gives %1  =>  %1: f32[3] = max %0 axes=[0]; gives %1");
        row(of(I32, 1, 3).then(new ReduceExtreme(true, List.of(0))), "%1: i32[3] = max %0 axes=[0]; gives %1  =>  %1: i32[3] = reshape %0; gives %1");
        row(of(F32, 1, 3).then(new ReduceLogical(true, List.of(0))), "%1: bool[3] = all %0 axes=[0]; gives %1  =>  %1: bool[1, 3] = astype %0; %2: bool[3] = reshape %1; gives %2");
        row(of(I32, 2, 3, 4).then(new ReduceSum(List.of(1))).then(new ReduceSum(List.of(0, 1))), "%1: i32[2, 4] = sum %0 axes=[1]; %2: i32[] = sum %1 axes=[0, 1]; gives %2  =>  %1: i32[] = sum %0 axes=[0, 1, 2]; gives %1");
        row(of(I32, 2, 3, 4).then(new ReduceSum(List.of(0))).then(new ReduceSum(List.of(1))), "%1: i32[3, 4] = sum %0 axes=[0]; %2: i32[3] = sum %1 axes=[1]; gives %2  =>  %1: i32[3] = sum %0 axes=[0, 2]; gives %1");
        row(of(F32, 2, 3).then(new ReduceSum(List.of(1))).then(new ReduceSum(List.of(0))), "%1: f32[2] = sum %0 axes=[1]; %2: f32[] = sum %1 axes=[0]; gives %2  =>  %1: f32[2] = sum %0 axes=[1]; %2: f32[] = sum %1 axes=[0]; gives %2");
        row(of(I32, 2, 3).then(new ReduceExtreme(true, List.of(1))).then(new ReduceExtreme(true, List.of(0))), "%1: i32[2] = max %0 axes=[1]; %2: i32[] = max %1 axes=[0]; gives %2  =>  %1: i32[] = max %0 axes=[0, 1]; gives %1");
        row(of(I32, 2, 3).then(new ReduceExtreme(true, List.of(1))).then(new ReduceExtreme(false, List.of(0))), "%1: i32[2] = max %0 axes=[1]; %2: i32[] = min %1 axes=[0]; gives %2  =>  %1: i32[2] = max %0 axes=[1]; %2: i32[] = min %1 axes=[0]; gives %2");
        row(of(BOOL, 2, 3).then(new ReduceLogical(false, List.of(0))).then(new ReduceLogical(false, List.of(0))), "%1: bool[3] = any %0 axes=[0]; %2: bool[] = any %1 axes=[0]; gives %2  =>  %1: bool[] = any %0 axes=[0, 1]; gives %1");
        row(of(I32, 3).then(new BroadcastTo(Shape.of(4, 3))).then(new ReduceSum(List.of(0))), "%1: i32[4, 3] = broadcast_to %0; %2: i32[3] = sum %1 axes=[0]; gives %2  =>  %1: i32[3] = mul %0 4; gives %1");
        row(of(F32, 3).then(new BroadcastTo(Shape.of(4, 3))).then(new ReduceSum(List.of(0))), "%1: f32[4, 3] = broadcast_to %0; %2: f32[3] = sum %1 axes=[0]; gives %2  =>  %1: f32[4, 3] = broadcast_to %0; %2: f32[3] = sum %1 axes=[0]; gives %2");
        row(of(I32, 1, 3).then(new BroadcastTo(Shape.of(4, 3))).then(new ReduceExtreme(false, List.of(0))), "%1: i32[4, 3] = broadcast_to %0; %2: i32[3] = min %1 axes=[0]; gives %2  =>  %1: i32[3] = reshape %0; gives %1");
        row(of(I32, 3).then(new BroadcastTo(Shape.of(4, 5, 3))).then(new ReduceExtreme(false, List.of(0))), "%1: i32[4, 5, 3] = broadcast_to %0; %2: i32[5, 3] = min %1 axes=[0]; gives %2  =>  %1: i32[5, 3] = broadcast_to %0; gives %1");
        row(of(F32, 3).number(F32, 1, 4, 3).apply(new ReduceSum(List.of(0)), 1).binary(BinaryOp.DIV, 0, 2), "%1: f32[3] = sum 1.0:f32[4, 3] axes=[0]; %2: f32[3] = div %0 %1; gives %2  =>  %1: f32[3] = mul %0 0.25; gives %1");
        row(of(F32, 3).number(F32, 0.1, 4, 3).apply(new ReduceSum(List.of(0)), 1).binary(BinaryOp.DIV, 0, 2), "%1: f32[3] = sum 0.1:f32[4, 3] axes=[0]; %2: f32[3] = div %0 %1; gives %2  =>  %1: f32[3] = sum 0.1:f32[4, 3] axes=[0]; %2: f32[3] = div %0 %1; gives %2");
        row(of(I8, 3).number(I8, 100, 4, 3).apply(new ReduceSum(List.of(0)), 1).binary(BinaryOp.ADD, 0, 2), "%1: i8[3] = sum 100:i8[4, 3] axes=[0]; %2: i8[3] = add %0 %1; gives %2  =>  %1: i8[3] = add %0 -112; gives %1");
        row(of(F32, 3).number(F32, 7, 4, 3).apply(new ReduceExtreme(true, List.of(0)), 1).binary(BinaryOp.ADD, 0, 2), "%1: f32[3] = max 7.0:f32[4, 3] axes=[0]; %2: f32[3] = add %0 %1; gives %2  =>  %1: f32[3] = add %0 7.0; gives %1");
    }

    private static void folds() {
        row(of(I32, 4).apply(new Iota(new TensorType(I32, Shape.of(4)), 0)).number(I32, 4, 4).binary(BinaryOp.LT, 1, 2), "%1: i32[4] = arange axis=0 start=0 step=1; %2: bool[4] = lt %1 4; gives %2  =>  gives true: bool[4]");
        row(of(I32, 4).apply(new Iota(new TensorType(I32, Shape.of(4)), 0)).number(I32, 3, 4).binary(BinaryOp.LT, 1, 2), "%1: i32[4] = arange axis=0 start=0 step=1; %2: bool[4] = lt %1 3; gives %2  =>  %1: i32[4] = arange axis=0 start=0 step=1; %2: bool[4] = lt %1 3; gives %2");
        row(of(I32, 4).apply(new Iota(new TensorType(I32, Shape.of(4)), 0, 7, 0)).binary(BinaryOp.ADD, 0, 1), "%1: i32[4] = arange axis=0 start=7 step=0; %2: i32[4] = add %0 %1; gives %2  =>  %1: i32[4] = add %0 7; gives %1");
        row(of(I32, 1).apply(new Iota(new TensorType(I32, Shape.of(4)), 0)).apply(new ReduceSum(List.of(0)), 1).apply(new Reshape(Shape.of(1)), 2).binary(BinaryOp.ADD, 0, 3), "%1: i32[4] = arange axis=0 start=0 step=1; %2: i32[] = sum %1 axes=[0]; %3: i32[1] = reshape %2; %4: i32[1] = add %0 %3; gives %4  =>  %1: i32[1] = add %0 6; gives %1");
        row(of(I32, 2000).apply(new Iota(new TensorType(I32, Shape.of(2000)), 0)).number(I32, -1, 2000).binary(BinaryOp.GT, 1, 2), "%1: i32[2000] = arange axis=0 start=0 step=1; %2: bool[2000] = gt %1 -1; gives %2  =>  %1: i32[2000] = arange axis=0 start=0 step=1; %2: bool[2000] = gt %1 -1; gives %2");
        row(of(I64, 3).number(I64, 2, 3).apply(new Cumulative(Fold.PROD, 0, false, true), 1).apply(new ReduceSum(List.of(0)), 2), "%1: i64[3] = cumulative_prod 2:i64[3] axis=0 exclusive; %2: i64[] = sum %1 axes=[0]; gives %2  =>  gives 7: i64[]");
    }

    private static void layout() {
        row(of(F32, 2, 3).then(new Transpose(List.of(1, 0))).unary(UnaryOp.EXP).then(new Transpose(List.of(1, 0))), "%1: f32[3, 2] = transpose %0 order=[1, 0]; %2: f32[3, 2] = exp %1; %3: f32[2, 3] = transpose %2 order=[1, 0]; gives %3  =>  %1: f32[2, 3] = exp %0; gives %1");
        row(of(F32, 2, 3).then(new Transpose(List.of(1, 0))).with(BinaryOp.MUL, 2.5).unary(UnaryOp.SIN).then(new Transpose(List.of(1, 0))), "%1: f32[3, 2] = transpose %0 order=[1, 0]; %2: f32[3, 2] = mul %1 2.5; %3: f32[3, 2] = sin %2; %4: f32[2, 3] = transpose %3 order=[1, 0]; gives %4  =>  %1: f32[2, 3] = mul %0 2.5; %2: f32[2, 3] = sin %1; gives %2");
        row(of(F32, 2, 3).and(F32, 2, 3).apply(new Transpose(List.of(1, 0)), 0).apply(new Transpose(List.of(1, 0)), 1).binary(BinaryOp.ADD, 2, 3), "%2: f32[3, 2] = transpose %0 order=[1, 0]; %3: f32[3, 2] = transpose %1 order=[1, 0]; %4: f32[3, 2] = add %2 %3; gives %4  =>  %2: f32[2, 3] = add %0 %1; %3: f32[3, 2] = transpose %2 order=[1, 0]; gives %3");
        row(of(F32, 2, 3).and(F32, 3, 2).apply(new Transpose(List.of(1, 0)), 0).binary(BinaryOp.ADD, 2, 1), "%2: f32[3, 2] = transpose %0 order=[1, 0]; %3: f32[3, 2] = add %2 %1; gives %3  =>  %2: f32[3, 2] = transpose %0 order=[1, 0]; %3: f32[3, 2] = add %2 %1; gives %3");
        row(of(F32, 2, 3).then(new Reshape(Shape.of(6))).unary(UnaryOp.EXP).then(new Reshape(Shape.of(2, 3))), "%1: f32[6] = reshape %0; %2: f32[6] = exp %1; %3: f32[2, 3] = reshape %2; gives %3  =>  %1: f32[2, 3] = exp %0; gives %1");
        row(of(F32, 3).then(new BroadcastTo(Shape.of(2, 3))).unary(UnaryOp.EXP), "%1: f32[2, 3] = broadcast_to %0; %2: f32[2, 3] = exp %1; gives %2  =>  %1: f32[3] = exp %0; %2: f32[2, 3] = broadcast_to %1; gives %2");
        row(of(F32, 3).and(F32, 1, 3).apply(new BroadcastTo(Shape.of(2, 3)), 0).apply(new BroadcastTo(Shape.of(2, 3)), 1).binary(BinaryOp.ADD, 2, 3), "%2: f32[2, 3] = broadcast_to %0; %3: f32[2, 3] = broadcast_to %1; %4: f32[2, 3] = add %2 %3; gives %4  =>  %2: f32[2, 3] = broadcast_to %0; %3: f32[2, 3] = broadcast_to %1; %4: f32[2, 3] = add %2 %3; gives %4");
        row(of(F32, 2, 3).apply(new Transpose(List.of(1, 0)), 0).unary(UnaryOp.EXP).apply(new MatMul(), 2, 0), "%1: f32[3, 2] = transpose %0 order=[1, 0]; %2: f32[3, 2] = exp %1; %3: f32[3, 3] = matmul %2 %0; gives %3  =>  %1: f32[2, 3] = exp %0; %2: f32[3, 2] = transpose %1 order=[1, 0]; %3: f32[3, 3] = matmul %2 %0; gives %3");
        row(of(F32, 2, 3).apply(new Transpose(List.of(1, 0)), 0).unary(UnaryOp.EXP).apply(new MatMul(), 1, 0).apply(new MatMul(), 2, 0).binary(BinaryOp.ADD, 3, 4), "%1: f32[3, 2] = transpose %0 order=[1, 0]; %2: f32[3, 2] = exp %1; %3: f32[3, 3] = matmul %1 %0; %4: f32[3, 3] = matmul %2 %0; %5: f32[3, 3] = add %3 %4; gives %5  =>  %1: f32[3, 2] = transpose %0 order=[1, 0]; %2: f32[3, 2] = exp %1; %3: f32[3, 3] = matmul %1 %0; %4: f32[3, 3] = matmul %2 %0; %5: f32[3, 3] = add %3 %4; gives %5");
    }

    private static void whole() {
        row(of(F32, 2).apply(new Unary(UnaryOp.EXP), 0).apply(new Unary(UnaryOp.EXP), 0).binary(BinaryOp.MUL, 1, 2), "%1: f32[2] = exp %0; %2: f32[2] = exp %0; %3: f32[2] = mul %1 %2; gives %3  =>  %1: f32[2] = exp %0; %2: f32[2] = mul %1 %1; gives %2");
        row(of(F32, 2).and(F32, 2).binary(BinaryOp.ADD, 0, 1).binary(BinaryOp.ADD, 1, 0).binary(BinaryOp.SUB, 2, 3), "%2: f32[2] = add %0 %1; %3: f32[2] = add %1 %0; %4: f32[2] = sub %2 %3; gives %4  =>  %2: f32[2] = add %0 %1; %3: f32[2] = sub %2 %2; gives %3");
        row(of(F32, 2).and(F32, 2).binary(BinaryOp.MAX, 0, 1).binary(BinaryOp.MAX, 1, 0).binary(BinaryOp.SUB, 2, 3), "%2: f32[2] = max %0 %1; %3: f32[2] = max %1 %0; %4: f32[2] = sub %2 %3; gives %4  =>  %2: f32[2] = max %0 %1; %3: f32[2] = max %1 %0; %4: f32[2] = sub %2 %3; gives %4");
        row(of(F32, 2).apply(new Unary(UnaryOp.EXP), 0).apply(new Unary(UnaryOp.SIN), 0), "%1: f32[2] = exp %0; %2: f32[2] = sin %0; gives %2  =>  %1: f32[2] = sin %0; gives %1");
    }

    static Stream<Row> rows() {
        return ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void becomes(Row row) {
        var before = row.sketch.graph();
        var after = Pipeline.STANDARD.run(before).graph();
        assertEquals(row.expected, text(GraphPrinter.print(before)) + "  =>  " + text(GraphPrinter.print(after)));
    }

    private static String text(String printed) {
        return printed.substring(printed.indexOf('\n') + 1).strip().replace("\n", "; ");
    }
}
