package tfl.interpreter.text;

import java.util.Collection;

/** The known name that someone probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** The name nearest to the one written, or null if none is near. */
    public static String nearest(String written, Collection<String> known) {
        String best = null;
        int least = Math.max(1, written.length() / 3) + 1;
        for (var name : known) {
            int distance = distance(written, name);
            if (distance < least && distance < written.length()) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Edits (insert, delete, replace, swap neighbours) between two words: optimal string alignment. */
    static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int replace = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replace, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
