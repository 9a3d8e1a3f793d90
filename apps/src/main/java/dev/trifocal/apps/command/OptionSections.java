package dev.trifocal.apps.command;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Groups the options in the help of commands by {@link OptionSection}. */
public final class OptionSections {
  private OptionSections() {}

  /** Groups the options of a command and of all its subcommands. */
  public static void in(CommandLine command) {
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionSections::text);
    WholeWords.in(command, sections);
    command.setHelpSectionMap(sections);
    command.getSubcommands().values().forEach(OptionSections::in);
  }

  /** Options without a section come first, under the general heading. */
  private static String text(Help help) {
    Map<String, List<OptionSpec>> byHeading = new LinkedHashMap<>();
    byHeading.put("", new ArrayList<>());
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        byHeading
            .computeIfAbsent(heading(option), heading -> new ArrayList<>())
            .add(WholeWords.joined(option));
      }
    }
    StringBuilder text = new StringBuilder();
    byHeading.forEach(
        (heading, options) -> {
          Help.Layout layout = layout(help);
          layout.addOptions(options, help.parameterLabelRenderer());
          if (!heading.isEmpty()) {
            text.append(System.lineSeparator()).append(heading).append(":");
            text.append(System.lineSeparator());
          }
          text.append(layout);
        });
    return text.toString();
  }

  /** Returns an empty table with the columns that suit all options and parameters of a command. */
  static Help.Layout layout(Help help) {
    return help.createDefaultLayout(
        help.commandSpec().options(),
        help.commandSpec().positionalParameters(),
        help.colorScheme());
  }

  /** Returns the section of the class that declares an option; empty if it has none. */
  private static String heading(OptionSpec option) {
    return Optional.of(option.userObject())
        .filter(Member.class::isInstance)
        .map(member -> ((Member) member).getDeclaringClass().getAnnotation(OptionSection.class))
        .map(OptionSection::value)
        .orElse("");
  }
}
