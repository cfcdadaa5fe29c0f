package tfl.editor.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Tuple;
import tfl.editor.model.Document;
import tfl.editor.model.Project;

/** The parameters of the function whose arguments are being typed. */
public final class CallHelp {
    private CallHelp() {}

    public static Optional<SignatureHelp> at(Project project, Document document, Position position) {
        int offset = document.positions().offset(position);
        return Callee.around(project, Mended.at(project, document, offset), offset)
                .filter(each -> each.signature().contains("(")).map(CallHelp::help);
    }

    private static SignatureHelp help(Callee callee) {
        var information = new SignatureInformation(callee.signature());
        if (!callee.described().doc().isBlank()) {
            information.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, Markdown.of(callee.described().doc())));
        }
        information.setParameters(parameters(callee));
        int active = callee.active();
        return new SignatureHelp(List.of(information), 0, active < 0 ? callee.parameters().size() : active);
    }

    /** Offsets into the label, so that equal texts are told apart. */
    private static List<ParameterInformation> parameters(Callee callee) {
        var list = new ArrayList<ParameterInformation>();
        int from = callee.signature().indexOf('(') + 1;
        for (var parameter : callee.parameters()) {
            int start = callee.signature().indexOf(parameter, from);
            var information = new ParameterInformation();
            information.setLabel(Tuple.two(start, start + parameter.length()));
            list.add(information);
            from = start + parameter.length();
        }
        return list;
    }
}
