package org.hopwise.notebook;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the rapaio kernel 3.0.1 without the two races in its own start, each of which leaves a kernel that lives but
 * never answers.
 *
 * <p>One: a message may come in before the table of its handlers exists, and the thread that reads it then dies. So an
 * empty table is put in place first; the early message is dropped, and clients repeat it. Two: a thread that serves a
 * socket may look at its "running" mark before its starter has set it, and ends at once. So every such thread is looked
 * after until it is seen working. Both need four private fields of that release, hence the exact version in the build.
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
        RapaioKernel kernel = MainApp.kernel;
        Channels channels = channels(Path.of(arguments[0]));
        field(Channels.class, "handlers").set(channels, new ConcurrentHashMap<>());
        channels.connect(kernel);
        keepServing(channels);
        channels.joinUntilClose();
    }

    private static Channels channels(Path connectionFile) throws IOException, GeneralSecurityException {
        String json = Files.readString(connectionFile);
        return new Channels(Transform.fromJson(json, ConnectionProperties.class));
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
