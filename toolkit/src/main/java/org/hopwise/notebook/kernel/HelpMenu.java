package org.hopwise.notebook.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;

/** What JupyterLab shows in its Help menu while a notebook of this kernel is open. */
final class HelpMenu {

    /** Whoever starts JupyterLab says here where it serves the Javadoc pages, if it does. */
    private static final String ADDRESS = "HOPWISE_JAVADOC";

    private HelpMenu() {}

    static KernelInfoReply addTo(KernelInfoReply info) {
        Stream<HelpLink> own =
                Stream.ofNullable(System.getenv(ADDRESS)).map(page -> new HelpLink("Hopwise Javadoc", page));
        List<HelpLink> links = Stream.concat(own, info.getHelpLinks().stream()).toList();
        return new KernelInfoReply(
                info.getProtocolVersion(),
                info.getImplementationName(),
                info.getImplementationVersion(),
                info.getLangInfo(),
                info.getBanner(),
                links);
    }
}
