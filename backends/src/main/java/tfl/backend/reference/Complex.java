package tfl.backend.reference;

import static tfl.backend.reference.RealFunctions.truth;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;

/** A complex number in doubles. Branch cuts as in C99. */
record Complex(double re, double im) {
    static final Complex ZERO = new Complex(0, 0);
    static final Complex ONE = new Complex(1, 0);
    private static final Complex I = new Complex(0, 1);

    /** The number of that modulus and angle. */
    static Complex polar(double modulus, double angle) {
        return new Complex(modulus * Math.cos(angle), modulus * Math.sin(angle));
    }

    Complex plus(Complex y) {
        return new Complex(re + y.re, im + y.im);
    }

    Complex minus(Complex y) {
        return new Complex(re - y.re, im - y.im);
    }

    Complex times(Complex y) {
        return new Complex(re * y.re - im * y.im, re * y.im + im * y.re);
    }

    Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    Complex over(Complex y) {
        double norm = y.re * y.re + y.im * y.im;
        return new Complex((re * y.re + im * y.im) / norm, (im * y.re - re * y.im) / norm);
    }

    Complex conjugate() {
        return new Complex(re, -im);
    }

    double abs() {
        return Math.hypot(re, im);
    }

    private Complex exp() {
        return im == 0 ? new Complex(Math.exp(re), im) : polar(Math.exp(re), im);
    }

    private Complex log() {
        return new Complex(Math.log(abs()), Math.atan2(im, re));
    }

    Complex sqrt() {
        double modulus = abs();
        if (modulus == 0) {
            return new Complex(0, im);
        }
        double larger = Math.sqrt((modulus + Math.abs(re)) / 2);
        double smaller = Math.abs(im) / (2 * larger);
        return re >= 0 ? new Complex(larger, Math.copySign(smaller, im)) : new Complex(smaller, Math.copySign(larger,
                im));
    }

    private Complex sinh() {
        return new Complex(Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im));
    }

    private Complex cosh() {
        return new Complex(Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im));
    }

    /** {@code log(x + sqrt(x * x + 1))}. */
    private Complex asinh() {
        return plus(times(this).plus(ONE).sqrt()).log();
    }

    /** {@code log((1 + x) / (1 - x)) / 2}. */
    private Complex atanh() {
        return ONE.plus(this).log().minus(ONE.minus(this).log()).times(0.5);
    }

    private Complex tanh() {
        return re > 20 ? ONE : re < -20 ? ONE.times(-1) : sinh().over(cosh());
    }

    private Complex asin() {
        return times(I).asinh().times(I.times(-1));
    }

    private Complex power(Complex y) {
        if (y.equals(ZERO)) {
            return ONE;
        }
        return abs() == 0 ? ZERO : log().times(y).exp();
    }

    Object unary(UnaryOp op) {
        return switch (op) {
            case NEG -> new Complex(-re, -im);
            case ABS -> abs();
            case SIGN -> abs() == 0 ? ZERO : times(1 / abs());
            case SQRT -> sqrt();
            case RSQRT -> ONE.over(sqrt());
            case RECIPROCAL -> ONE.over(this);
            case EXP -> exp();
            case EXPM1 -> exp().minus(ONE);
            case LOG -> log();
            case LOG1P -> plus(ONE).log();
            case LOG2 -> log().times(1 / Math.log(2));
            case LOG10 -> log().times(1 / Math.log(10));
            case SIN -> times(I).sinh().times(I.times(-1));
            case COS -> times(I).cosh();
            case TAN -> times(I).tanh().times(I.times(-1));
            case ASIN -> asin();
            case ACOS -> new Complex(Math.PI / 2, 0).minus(asin());
            case ATAN -> times(I).atanh().times(I.times(-1));
            case SINH -> sinh();
            case COSH -> cosh();
            case TANH -> tanh();
            case ASINH -> asinh();
            case ACOSH -> plus(plus(ONE).sqrt().times(minus(ONE).sqrt())).log();
            case ATANH -> atanh();
            case SIGMOID -> ONE.over(ONE.plus(times(-1).exp()));
            case CONJ -> conjugate();
            case REAL -> re;
            case IMAG -> im;
            case IS_NAN -> truth(Double.isNaN(re) || Double.isNaN(im));
            case IS_INF -> truth(Double.isInfinite(re) || Double.isInfinite(im));
            case IS_FINITE -> truth(Double.isFinite(re) && Double.isFinite(im));
            default -> throw new IllegalArgumentException(op + " of a complex number");
        };
    }

    Object binary(BinaryOp op, Complex y) {
        return switch (op) {
            case ADD -> plus(y);
            case SUB -> minus(y);
            case MUL -> times(y);
            case DIV -> over(y);
            case POW -> power(y);
            case EQ -> truth(re == y.re && im == y.im);
            case NE -> truth(re != y.re || im != y.im);
            default -> throw new IllegalArgumentException(op + " of complex numbers");
        };
    }
}
