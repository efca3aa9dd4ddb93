import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the amounts on standard input, one "account amount" per line, and prints the totals. */
public final class Ledger {
    public static void main(String[] arguments) {
        byte[] seal = HexFormat.of().parseHex(System.getenv("LEDGER_SEAL"));
        String currency = System.getenv("LEDGER_CURRENCY");
        Map<String, Long> totals = new TreeMap<>();
        var lines = new java.util.Scanner(System.in);
        while (lines.hasNext()) {
            totals.merge(lines.next(), lines.nextLong(), Long::sum);
        }
        totals.forEach((account, total) -> System.out.println(account + " " + total + " " + currency));
        System.out.println("sealed with a key of " + seal.length * 8 + " bits");
    }
}
