import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs each line of a file, one after the other; those of keytool in this program, as starting Java takes longer
 * than what most of them do. It ends at the first that fails.
 */
class Keytool {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    public static void main(String[] args) throws Exception {
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            System.out.println("$ " + line);
            if (!line.startsWith("keytool ")) {
                int status = new ProcessBuilder("sh", "-ec", line).inheritIO().start().waitFor();
                if (status != 0) {
                    System.exit(status);
                }
                continue;
            }
            List<String> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(line);
            while (matcher.find()) {
                words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
            List<String> arguments = words.subList(1, words.size());
            sun.security.tools.keytool.Main.main(arguments.toArray(new String[0]));
        }
    }
}
