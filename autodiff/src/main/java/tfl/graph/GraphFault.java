package tfl.graph;

/** A graph that breaks the rules of graphs: a bug in TFL, in the pass that made it. */
public final class GraphFault extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final String pass;
    private final String problem;

    /**
     * @param pass who made the graph
     * @param problem what is wrong, in one line
     * @param shown the graph around the fault
     */
    GraphFault(String pass, String problem, String shown) {
        super(pass + " made a bad graph: " + problem + "\n" + shown);
        this.pass = pass;
        this.problem = problem;
    }

    /** Who made the graph. */
    public String pass() {
        return pass;
    }

    /** What is wrong, in one line. */
    public String problem() {
        return problem;
    }
}
