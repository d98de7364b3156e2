package org.hopwise.notebook;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.AbstractChannel;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.channels.MessageHandler;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.core.Transform;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageType;
import org.rapaio.jupyter.kernel.message.messages.IOPubStatus;

/**
 * Starts the rapaio kernel 3.0.1 without the two races in its own start, each of which leaves a kernel that lives but
 * does not answer.
 *
 * <p>One: it opens its sockets before the table of message handlers is filled, so that an early message is dropped or
 * kills the thread that reads it; JupyterLab asks once and then waits a minute. So the table is filled first and the
 * socket for requests is opened last. Two: a thread that serves a socket may look at its "running" mark before its
 * starter has set it, and ends at once. So every such thread is looked after until it is seen working. Both need private
 * fields of that release, hence the exact version in the build.
 */
public final class RapaioMain {

    /** A thread that ends by mistake does so within moments; half a second of looks costs nothing, the kernel serves. */
    private static final int LOOKS = 25;

    private static final long LOOK_MILLIS = 20;

    private RapaioMain() {}

    /**
     * Starts the kernel and returns when the client ends it.
     *
     * @param arguments the path of the connection file that Jupyter wrote
     * @throws Exception if the connection file cannot be used
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("Give one argument: the path of Jupyter's connection file.");
        }
        ParentWatch.start();
        quieten();
        TableStart.load();
        ConnectionProperties properties =
                Transform.fromJson(Files.readString(Path.of(arguments[0])), ConnectionProperties.class);
        Channels channels = new Channels(properties);
        connect(channels, MainApp.kernel, properties);
        keepServing(channels);
        channels.joinUntilClose();
    }

    /** What {@link Channels#connect} does, in an order in which no message can come too early. */
    private static void connect(Channels channels, RapaioKernel kernel, ConnectionProperties properties)
            throws ReflectiveOperationException {
        field(Channels.class, "handlers").set(channels, handlers(kernel));
        kernel.registerChannels(channels);
        for (String name : List.of("iopub", "heartbeat", "stdin", "control", "shell")) {
            AbstractChannel channel =
                    (AbstractChannel) field(Channels.class, name).get(channels);
            channel.bind(properties);
            if (name.equals("iopub")) {
                channel.sendMessage(new Message<>(MessageType.IOPUB_STATUS, IOPubStatus.STARTING));
            }
        }
        field(Channels.class, "isConnected").setBoolean(channels, true);
    }

    private static Map<MessageType<?>, MessageHandler<?>> handlers(RapaioKernel kernel) {
        Map<MessageType<?>, MessageHandler<?>> table = new ConcurrentHashMap<>();
        put(table, MessageType.SHELL_EXECUTE_REQUEST, kernel::handleExecuteRequest);
        put(table, MessageType.SHELL_INSPECT_REQUEST, kernel::handleInspectRequest);
        put(table, MessageType.SHELL_COMPLETE_REQUEST, kernel::handleCompleteRequest);
        put(table, MessageType.SHELL_HISTORY_REQUEST, kernel::handleHistoryRequest);
        put(table, MessageType.SHELL_IS_COMPLETE_REQUEST, kernel::handleIsCompleteRequest);
        put(table, MessageType.SHELL_KERNEL_INFO_REQUEST, kernel::handleKernelInfoRequest);
        put(table, MessageType.CONTROL_SHUTDOWN_REQUEST, kernel::handleShutdownRequest);
        put(table, MessageType.CONTROL_INTERRUPT_REQUEST, kernel::handleInterruptRequest);
        put(table, MessageType.CUSTOM_COMM_OPEN, kernel::handleCommOpenCommand);
        put(table, MessageType.CUSTOM_COMM_MSG, kernel::handleCommMsgCommand);
        put(table, MessageType.CUSTOM_COMM_CLOSE, kernel::handleCommCloseCommand);
        put(table, MessageType.SHELL_COMM_INFO_REQUEST, kernel::handleCommInfoRequest);
        return table;
    }

    private static <T> void put(
            Map<MessageType<?>, MessageHandler<?>> table, MessageType<T> type, MessageHandler<T> handler) {
        table.put(type, handler);
    }

    /** The kernel reports every message it gets; only warnings are of use in the log of whoever started it. */
    private static void quieten() {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
    }

    private static void keepServing(Channels channels) throws ReflectiveOperationException, InterruptedException {
        Set<?> all = (Set<?>) field(Channels.class, "channels").get(channels);
        for (int look = 0; look < LOOKS; look++) {
            for (Object channel : all) {
                keepServing(channel);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void keepServing(Object channel) throws ReflectiveOperationException {
        Field slot;
        try {
            slot = field(channel.getClass(), "loopThread");
        } catch (NoSuchFieldException servesOtherwise) {
            return;
        }
        LoopThread thread = (LoopThread) slot.get(channel);
        if (thread != null && !thread.isAlive()) {
            long sleep = field(LoopThread.class, "sleep").getLong(thread);
            Runnable body = (Runnable) field(LoopThread.class, "loopBody").get(thread);
            LoopThread again = new LoopThread(thread.getName(), sleep, body);
            slot.set(channel, again);
            again.start();
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
