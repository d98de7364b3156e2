package org.hopwise.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** How a job gets to executors. */
final class Travel {

    private Travel() {}

    static byte[] pack(Serializable job) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(job);
        } catch (NotSerializableException fixed) {
            throw new IllegalArgumentException(
                    "the experiment uses a %s, which cannot travel to executors; make it inside the experiment, or let its class implement Serializable."
                            .formatted(fixed.getMessage()),
                    fixed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static Object unpack(byte[] job) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(job))) {
            return in.readObject();
        } catch (ClassNotFoundException lacking) {
            throw new IllegalStateException(
                    "executors lack the class %s, which the experiment needs; add its jar to spark.jars."
                            .formatted(lacking.getMessage()),
                    lacking);
        } catch (IOException damaged) {
            throw new UncheckedIOException("the job cannot be read on an executor: " + damaged.getMessage(), damaged);
        }
    }
}
