package org.hopwise.command;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command {@code hopwise}. Exit codes: 0 done; 1 a fault; 2 wrong usage; 3 a file was refused; 4 an analysis was refused;
 * 130 interrupted.
 */
@Command(
        name = "hopwise",
        mixinStandardHelpOptions = true,
        versionProvider = Hopwise.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "See which path lengths carry input to output in a trained network or a wiring diagram.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a fault of the program or the machine",
            "2:wrong usage",
            "3:a file was refused; its kind stands on standard error",
            "4:an analysis was refused: divergent, ambiguous, gated, too few nulls",
            "130:interrupted; finished draws are kept, --resume goes on"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hopwise inspect net.npz",
            "  hopwise hops net.npz --trials trials.npy --out results",
            "  hopwise hops edges.csv --nodes nodes.csv --from role=input --to role=output --null degree --draws 400 --out results",
            "  hopwise figures results"
        })
public final class Hopwise implements Runnable {

    private static final List<Class<? extends Callable<Integer>>> COMMANDS = List.of(
            HopsCommand.class,
            InfluenceCommand.class,
            LesionsCommand.class,
            CommunitiesCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            FiguresCommand.class,
            CompletionCommand.class);

    @CommandLine.Spec
    private CommandSpec spec;

    /** The toolkit's version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Hopwise.class.getPackage().getImplementationVersion();
            return new String[] {"hopwise " + (version == null ? "development" : version)};
        }
    }

    private Hopwise() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing; see hopwise --help.");
    }

    /**
     * Runs a command and ends the machine with its exit code. Ctrl-C lets it keep what is finished.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        Thread main = Thread.currentThread();
        Thread stop = new Thread(
                () -> {
                    main.interrupt();
                    try {
                        main.join(2_000);
                    } catch (InterruptedException atOnce) {
                        Thread.currentThread().interrupt();
                    }
                },
                "hopwise-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, isTerminal(), arguments);
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException ending) {
            // The machine is on its way down after Ctrl-C and ends with 130 by itself.
            return;
        }
        System.exit(code);
    }

    /** Whether someone sits in front: from Java 22 on there is a console for a log, too, which says so itself. */
    private static boolean isTerminal() {
        return Optional.ofNullable(System.console())
                .map(console -> {
                    try {
                        return (boolean) Console.class.getMethod("isTerminal").invoke(console);
                    } catch (ReflectiveOperationException before22) {
                        return true;
                    }
                })
                .orElse(false);
    }

    /** Runs a command; the exit code. */
    static int run(PrintWriter out, PrintWriter err, boolean terminal, String... arguments) {
        List<String> words = List.of(arguments);
        boolean all = words.contains("completion");
        return commandLine(out, err, terminal, name -> all || words.contains(name))
                .execute(arguments);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err, boolean terminal) {
        return commandLine(out, err, terminal, name -> true);
    }

    /** Of commands that are not wanted only name and description: reading the options of all takes most of a start. */
    private static CommandLine commandLine(
            PrintWriter out, PrintWriter err, boolean terminal, Predicate<String> wanted) {
        CommandLine line = new CommandLine(new Hopwise());
        for (Class<?> type : COMMANDS) {
            Command about = type.getAnnotation(Command.class);
            CommandSpec named = CommandSpec.create();
            named.usageMessage().description(about.description());
            line.addSubcommand(about.name(), wanted.test(about.name()) ? type : named);
        }
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setResourceBundle(null);
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure, err));
        line.setParameterExceptionHandler((failure, parsed) -> {
            err.println("hopwise: " + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        for (CommandLine command : line.getSubcommands().values()) {
            if (command.getCommand() instanceof Terminal knowing) {
                knowing.terminal(terminal);
            }
        }
        return line;
    }

    @Override
    public String toString() {
        return "the command line of hopwise";
    }

    /** A command that draws progress on a terminal and writes lines to a log. */
    interface Terminal {
        void terminal(boolean isTerminal);
    }
}
