package org.hopwise.notebook;

import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** The rapaio kernel. It finds the renderers by itself, through {@link RapaioDisplay}. */
final class RapaioLink implements KernelLink {

    @Override
    public void register() {}

    @Override
    public void display(String id, MimeBundle bundle) {
        MainApp.kernel.display(data(id, bundle));
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        MainApp.kernel.updateDisplay(data(id, bundle));
    }

    private static DisplayData data(String id, MimeBundle bundle) {
        DisplayData data = data(bundle);
        data.setDisplayId(id);
        return data;
    }

    static DisplayData data(MimeBundle bundle) {
        DisplayData data = DisplayData.fromText(bundle.text());
        bundle.data().forEach(data::putData);
        return data;
    }
}
