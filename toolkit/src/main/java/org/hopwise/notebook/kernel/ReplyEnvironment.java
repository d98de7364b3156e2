package org.hopwise.notebook.kernel;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;

/** What goes from the kernel to Jupyter in answer to one message: errors are explained on the way. */
final class ReplyEnvironment extends ShellReplyEnvironment {

    private static final long PAUSE_NANOS = 50_000_000;
    private static final int MOST_LETTERS = 1 << 16;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "prints");
        thread.setDaemon(true);
        return thread;
    });

    private final Cells cells;
    private final JupyterIO io;
    private final StringBuilder printed = new StringBuilder();
    private PublishStream.StreamType stream;
    private ScheduledFuture<?> later;
    private long sent = System.nanoTime() - 2 * PAUSE_NANOS;
    private int count;

    /** A thread whose prints are dropped. */
    private volatile Thread silent;

    ReplyEnvironment(
            ShellChannel shell,
            StdinChannel stdin,
            JupyterSocket published,
            MessageContext context,
            Cells cells,
            JupyterIO io) {
        super(shell, stdin, published, context);
        this.cells = cells;
        this.io = io;
    }

    @Override
    public void publish(Message<?> message) {
        Object content = message.getContent();
        if (content instanceof PublishStream print) {
            print(print);
            return;
        }
        if (content instanceof PublishExecuteInput input) {
            count = input.getCount();
        }
        if (content instanceof PublishExecuteResult result && isNothing(result)) {
            return;
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
        cells.undisturbed(() -> {
            send();
            super.publish(last);
        });
    }

    /** An output of an empty text would only take room. */
    private static boolean isNothing(PublishExecuteResult result) {
        return "".equals(result.getData(MIMEType.TEXT_PLAIN)) && !result.hasDataForType(MIMEType.TEXT_HTML);
    }

    private void print(PublishStream print) {
        if (Thread.currentThread() == silent) {
            return;
        }
        try {
            cells.undisturbed(() -> collect(print));
        } catch (Cells.Abandoned end) {
            // The stream forgets only what it could send; what is left in it would stand in the next cell.
            silent = Thread.currentThread();
            (print.getStreamType() == PublishStream.StreamType.OUT ? io.out : io.err).flush();
            silent = null;
            throw end;
        }
    }

    /** Prints that follow each other closely go out together: with a message a line, 20,000 lines took minutes. */
    private void collect(PublishStream print) {
        if (print.getStreamType() != stream) {
            send();
            stream = print.getStreamType();
        }
        printed.append(print.getText());
        if (printed.length() > MOST_LETTERS || System.nanoTime() - sent > PAUSE_NANOS) {
            send();
        } else if (later == null) {
            later = TIMER.schedule(() -> cells.undisturbed(this::send), PAUSE_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void send() {
        later = null;
        if (printed.length() > 0) {
            super.publish(new Message<>(
                    getContext(), PublishStream.MESSAGE_TYPE, new PublishStream(stream, printed.toString())));
            printed.setLength(0);
            sent = System.nanoTime();
        }
    }

    @Override
    public String readFromStdIn(String prompt, boolean isPassword) {
        cells.undisturbed(this::send);
        return super.readFromStdIn(prompt, isPassword);
    }

    @Override
    public void resolveDeferrals() {
        cells.undisturbed(this::send);
        super.resolveDeferrals();
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
