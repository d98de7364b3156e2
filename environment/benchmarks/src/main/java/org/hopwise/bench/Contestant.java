package org.hopwise.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The toolkit as one side of a contest. Reads a line of JSON, does what it says, answers with a line of JSON.
 *
 * <pre>
 * {"do": "prepare", "work": ..., ...}  sets the work up; answers with the versions of what is used
 * {"do": "run", "count": n}            does the work n times; answers with the seconds and those of the processor
 * {"do": "check"}                      answers with numbers that must be the same in every library
 * </pre>
 */
final class Contestant {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Contestant() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Gson gson = new Gson();
        Work work = null;
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            Map<String, ?> answer;
            switch (request.get("do").getAsString()) {
                case "prepare" -> {
                    work = Work.of(request);
                    answer = Map.of("versions", Map.of("Java", System.getProperty("java.version")));
                }
                case "run" -> {
                    int count = request.get("count").getAsInt();
                    long start = System.nanoTime();
                    long used = SYSTEM.getProcessCpuTime();
                    work.run(count);
                    double seconds = (System.nanoTime() - start) * 1e-9;
                    answer = Map.of("seconds", seconds, "processor", (SYSTEM.getProcessCpuTime() - used) * 1e-9);
                }
                default -> answer = Map.of("values", work.check());
            }
            answers.println(gson.toJson(answer));
        }
    }
}
