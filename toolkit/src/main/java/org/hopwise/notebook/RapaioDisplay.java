package org.hopwise.notebook;

import java.util.ArrayList;
import java.util.List;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.image.DefaultImageDisplayRenderer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.rapaio.jupyter.kernel.display.table.DefaultTableDisplayRenderer;

/**
 * Tells the rapaio kernel how to show the toolkit's types. The kernel finds this class as a service.
 *
 * <p>Left alone, that kernel sends every other value as HTML without escaping it, so that a text with {@code <} in it
 * vanishes and columns collapse; here every other value goes out as plain text.
 */
public final class RapaioDisplay implements DisplayProvider {

    /** Called by the kernel. */
    public RapaioDisplay() {}

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        List<DisplayRenderer> renderers = new ArrayList<>();
        Renderers.all().keySet().forEach(type -> renderers.add(new Rich(type)));
        // The kernel asks in this order and takes the first that fits, so the one for everything comes last.
        renderers.add(new DefaultImageDisplayRenderer());
        renderers.add(new DefaultTableDisplayRenderer());
        renderers.add(new Rich(Object.class));
        return renderers;
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    /** Applies only where the cell asks for no format of its own. */
    private record Rich(Class<?> rendererClass) implements DisplayRenderer {

        @Override
        public boolean canRender(String mime) {
            return mime == null;
        }

        @Override
        public DisplayData render(String mime, Object value) {
            return RapaioLink.data(Renderers.render(value));
        }
    }
}
