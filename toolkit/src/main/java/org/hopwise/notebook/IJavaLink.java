package org.hopwise.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * IJava and JJava, which share one base library under two package names. All by reflection, so that the toolkit needs
 * neither.
 */
final class IJavaLink implements KernelLink {

    /** Where a kernel keeps its only instance: class, static method, package of its base library. */
    private record Home(String type, String method, String library) {}

    private static final List<Home> HOMES = List.of(
            new Home("io.github.spencerpark.ijava.IJava", "getKernelInstance", "io.github.spencerpark.jupyter"),
            new Home("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel", "org.dflib.jjava.jupyter"));

    private final Object kernel;
    private final String library;

    private IJavaLink(Object kernel, String library) {
        this.kernel = kernel;
        this.library = library;
    }

    static Optional<KernelLink> find() {
        for (Home home : HOMES) {
            try {
                Object kernel =
                        Class.forName(home.type()).getMethod(home.method()).invoke(null);
                if (kernel != null) {
                    return Optional.of(new IJavaLink(kernel, home.library()));
                }
            } catch (ReflectiveOperationException | LinkageError absent) {
                // Not this kernel.
            }
        }
        return Optional.empty();
    }

    /** Whether the other links to the same kernel. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IJavaLink link && link.kernel == kernel;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(kernel);
    }

    @Override
    public void register() {
        Renderers.all()
                .forEach((type, renderer) -> attempt("register a renderer", () -> {
                    register(type, renderer);
                    return null;
                }));
    }

    private void register(Class<?> type, Function<Object, MimeBundle> renderer) throws ReflectiveOperationException {
        Class<?> function = library("kernel.display.RenderFunction");
        Object proxy =
                Proxy.newProxyInstance(function.getClassLoader(), new Class<?>[] {function}, (self, method, of) -> {
                    return switch (method.getName()) {
                        case "render" -> {
                            render(renderer.apply(of[0]), of[1]);
                            yield null;
                        }
                        case "equals" -> self == of[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "Hopwise's renderer of " + type.getSimpleName();
                    };
                });
        Object registry = kernel.getClass().getMethod("getRenderer").invoke(kernel);
        Object registration =
                registry.getClass().getMethod("createRegistration", Class.class).invoke(registry, type);
        Class<?> registrationType = registration.getClass();
        // The types that the kernel asks for when a cell names none.
        String[] types = {MimeBundle.TEXT, MimeBundle.HTML, MimeBundle.PNG};
        registrationType.getMethod("preferring", String[].class).invoke(registration, (Object) types);
        registrationType.getMethod("register", function).invoke(registration, proxy);
    }

    /** Hands the kernel each format that it asks for. */
    private void render(MimeBundle bundle, Object context) throws ReflectiveOperationException {
        Class<?> mimeType = library("kernel.display.mime.MIMEType");
        for (var entry : bundle.data().entrySet()) {
            Object mime = mimeType.getMethod("parse", String.class).invoke(null, entry.getKey());
            Supplier<Object> value = entry::getValue;
            context.getClass()
                    .getMethod("renderIfRequested", mimeType, Supplier.class)
                    .invoke(context, mime, value);
        }
    }

    @Override
    public void display(String id, MimeBundle bundle) {
        publish("display", id, bundle);
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        publish("updateDisplay", id, bundle);
    }

    private void publish(String method, String id, MimeBundle bundle) {
        attempt(method, () -> {
            Class<?> type = library("kernel.display.DisplayData");
            Object data = type.getConstructor().newInstance();
            for (var entry : bundle.data().entrySet()) {
                type.getMethod("putData", String.class, Object.class).invoke(data, entry.getKey(), entry.getValue());
            }
            type.getMethod("setDisplayId", String.class).invoke(data, id);
            Object io = kernel.getClass().getMethod("getIO").invoke(kernel);
            Object stream = io.getClass().getField("display").get(io);
            return stream.getClass().getMethod(method, type).invoke(stream, data);
        });
    }

    private Class<?> library(String name) throws ClassNotFoundException {
        return Class.forName(library + "." + name, true, kernel.getClass().getClassLoader());
    }

    private interface Attempt {
        Object run() throws ReflectiveOperationException;
    }

    private static void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException("The kernel failed to %s.".formatted(what), failure.getCause());
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "This kernel's library is not the one known here; it has no way to %s.".formatted(what), changed);
        }
    }
}
