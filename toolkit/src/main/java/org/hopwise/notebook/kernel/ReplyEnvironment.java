package org.hopwise.notebook.kernel;

import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;

/** What goes from the kernel to Jupyter in answer to one message: errors are explained on the way. */
final class ReplyEnvironment extends ShellReplyEnvironment {

    private final Cells cells;
    private int count;

    ReplyEnvironment(
            ShellChannel shell, StdinChannel stdin, JupyterSocket published, MessageContext context, Cells cells) {
        super(shell, stdin, published, context);
        this.cells = cells;
    }

    @Override
    public void publish(Message<?> message) {
        Object content = message.getContent();
        if (content instanceof PublishExecuteInput input) {
            count = input.getCount();
        }
        Message<?> said = message;
        if (content instanceof PublishError error) {
            Explanation better = cells.explain(error);
            said = new Message<>(
                    getContext(),
                    PublishError.MESSAGE_TYPE,
                    new PublishError(better.name(), better.message(), better.lines()));
        }
        Message<?> last = said;
        cells.undisturbed(() -> super.publish(last));
    }

    @Override
    public void reply(Message<?> message) {
        Message<?> said = message;
        if (message.getContent() instanceof KernelInfoReply info) {
            said = new Message<>(getContext(), KernelInfoReply.MESSAGE_TYPE, HelpMenu.addTo(info));
        }
        super.reply(said);
    }

    @Override
    public void replyError(MessageType<?> type, ErrorReply error) {
        Explanation better = cells.explained();
        if (better == null) {
            super.replyError(type, error);
            return;
        }
        ErrorReply reply = new ErrorReply(better.name(), better.message(), better.lines());
        reply.setExecutionCount(count);
        super.replyError(type, reply);
    }
}
