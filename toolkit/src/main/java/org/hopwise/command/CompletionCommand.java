package org.hopwise.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Completion for bash and zsh. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description =
                "Prints a script with which bash and zsh complete commands and options: source <(hopwise completion)",
        footerHeading = "%nExamples:%n",
        footer = {"  hopwise completion"})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("hopwise", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
