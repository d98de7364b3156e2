package org.hopwise.notebook.kernel;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.InterruptRequest;
import org.hopwise.internal.javadoc.Sources;

/** Lies between JJava and Jupyter: passes messages on and answers some of them better. */
final class KernelConnection extends JupyterConnection {

    private final JupyterIO io;
    private final Cells cells;
    private final Stop stop;
    private final Inspection inspection;
    private final Completion completion;

    KernelConnection(KernelConnectionProperties properties, JShell shell, JupyterIO io)
            throws NoSuchAlgorithmException, InvalidKeyException {
        super(properties);
        this.io = io;
        Sources sources = Sources.ofClassPath();
        this.cells = new Cells(shell, new NearNames(shell, sources));
        this.stop = new Stop(cells);
        this.inspection = new Inspection(shell, sources);
        this.completion = new Completion(shell);
    }

    @Override
    public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
        return new ReplyEnvironment(channel, stdin, iopub, context, cells, io);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void setHandler(MessageType<T> type, ShellHandler<T> handler) {
        super.setHandler(type, (ShellHandler<T>) better(type, handler));
    }

    private <T> ShellHandler<?> better(MessageType<T> type, ShellHandler<T> handler) {
        if (type.equals(MessageType.EXECUTE_REQUEST)) {
            return (ShellReplyEnvironment environment, Message<ExecuteRequest> request) -> {
                cells.begin(request.getContent().getCode());
                try {
                    handler.handle(environment, cast(request));
                } finally {
                    cells.end();
                }
            };
        }
        if (type.equals(MessageType.INTERRUPT_REQUEST)) {
            return (ShellReplyEnvironment environment, Message<InterruptRequest> request) ->
                    stop.stop(() -> handler.handle(environment, cast(request)));
        }
        if (type.equals(MessageType.INSPECT_REQUEST)) {
            return (ShellReplyEnvironment environment, Message<InspectRequest> request) -> {
                environment.setBusyDeferIdle();
                String code = request.getContent().getCode();
                DisplayData found = inspection.at(code, request.getContent().getCursorPos());
                environment.reply(new InspectReply(found != null, DisplayData.emptyIfNull(found)));
            };
        }
        if (type.equals(MessageType.COMPLETE_REQUEST)) {
            return (ShellReplyEnvironment environment, Message<CompleteRequest> request) -> {
                String code = request.getContent().getCode();
                int at = request.getContent().getCursorPos();
                if (code.startsWith("%")) {
                    // Magics, which JJava knows.
                    handler.handle(environment, cast(request));
                    return;
                }
                environment.setBusyDeferIdle();
                ReplacementOptions found = completion.at(code, at);
                environment.reply(new CompleteReply(
                        found.getReplacements(), found.getSourceStart(), found.getSourceEnd(), Map.of()));
            };
        }
        return handler;
    }

    /** The message of a type, of which the library's own map of handlers loses the parameter. */
    @SuppressWarnings("unchecked")
    private static <T> Message<T> cast(Message<?> message) {
        return (Message<T>) message;
    }
}
