package dev.trifocal.apps.command;

import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Breaks the lines of help at spaces. Picocli breaks them wherever Unicode allows it, which is also
 * within trifocal.conf, 0.25 and https://huggingface.co; so the texts get an invisible character in
 * these places, which what is printed no longer has.
 */
final class WholeWords {
  private static final String NO_BREAK = "\ufeff";

  private WholeWords() {}

  /** Keeps the words of a command's help whole, apart from those of its options. */
  static void in(CommandLine command, Map<String, IHelpSectionRenderer> sections) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.description(joined(usage.description())).footer(joined(usage.footer()));
    sections.put(
        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
        help -> {
          CommandLine.Help.Layout layout = OptionSections.layout(help);
          help.commandSpec().positionalParameters().stream()
              .filter(parameter -> !parameter.hidden())
              .map(WholeWords::joined)
              .forEach(p -> layout.addPositionalParameter(p, help.parameterLabelRenderer()));
          return layout.toString();
        });
    sections.replaceAll((key, section) -> help -> section.render(help).replace(NO_BREAK, ""));
  }

  /** Returns an option with a description that breaks at spaces only. */
  static OptionSpec joined(OptionSpec option) {
    return OptionSpec.builder(option)
        .names(option.names())
        .description(joined(option.description()))
        .build();
  }

  private static PositionalParamSpec joined(PositionalParamSpec parameter) {
    return PositionalParamSpec.builder(parameter)
        .description(joined(parameter.description()))
        .build();
  }

  private static String[] joined(String... lines) {
    return Arrays.stream(lines).map(WholeWords::joined).toArray(String[]::new);
  }

  private static String joined(String line) {
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(line);
    StringBuilder joined = new StringBuilder();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      joined.append(line, start, end);
      if (end < line.length() && line.charAt(end - 1) != ' ') {
        joined.append(NO_BREAK);
      }
    }
    return joined.toString();
  }
}
