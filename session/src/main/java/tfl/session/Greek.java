package tfl.session;

import java.util.Map;
import java.util.TreeMap;

/** What {@code \alpha} and its like stand for at the prompt. */
public final class Greek {
    private static final String LETTERS = """
            alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π
            rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
            Phi Φ Psi Ψ Omega Ω nabla ∇ partial ∂ ell ℓ hbar ℏ infty ∞ sum ∑ prod ∏ sqrt √ in ∈ times × cdot · leq ≤
            geq ≥ neq ≠ approx ≈ to → hat ̂ bar ̄ dot ̇ tilde ̃ prime ′
            _0 ₀ _1 ₁ _2 ₂ _3 ₃ _4 ₄ _5 ₅ _6 ₆ _7 ₇ _8 ₈ _9 ₉ ^0 ⁰ ^1 ¹ ^2 ² ^3 ³ ^4 ⁴ ^5 ⁵ ^6 ⁶ ^7 ⁷ ^8 ⁸ ^9 ⁹
            _a ₐ _e ₑ _i ᵢ _j ⱼ _k ₖ _m ₘ _n ₙ _o ₒ _p ₚ _r ᵣ _s ₛ _t ₜ _u ᵤ _v ᵥ _x ₓ ^i ⁱ ^n ⁿ ^T ᵀ""";
    /** Names without the backslash, and the text each stands for. */
    public static final Map<String, String> TABLE = table();

    private Greek() {}

    /** The letter of that name, or of the only name that begins so; null if there is none or several. */
    public static String letter(String typed) {
        if (typed.isEmpty() || TABLE.containsKey(typed)) {
            return TABLE.get(typed);
        }
        var matches = TABLE.keySet().stream().filter(name -> name.startsWith(typed)).limit(2).toList();
        return matches.size() == 1 ? TABLE.get(matches.getFirst()) : null;
    }

    private static Map<String, String> table() {
        var table = new TreeMap<String, String>();
        var words = LETTERS.split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            table.put(words[i], words[i + 1]);
        }
        return table;
    }
}
