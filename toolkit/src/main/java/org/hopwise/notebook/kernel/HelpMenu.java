package org.hopwise.notebook.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;

/** What JupyterLab shows in its Help menu while a notebook of this kernel is open. */
final class HelpMenu {

    /** Where environment/lab lets JupyterLab serve the Javadoc pages. */
    private static final HelpLink JAVADOC = new HelpLink("Hopwise Javadoc", "/static/apidocs/index.html");

    private HelpMenu() {}

    static KernelInfoReply addTo(KernelInfoReply info) {
        List<HelpLink> links =
                Stream.concat(Stream.of(JAVADOC), info.getHelpLinks().stream()).toList();
        return new KernelInfoReply(
                info.getProtocolVersion(),
                info.getImplementationName(),
                info.getImplementationVersion(),
                info.getLangInfo(),
                info.getBanner(),
                links);
    }
}
