// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.parse.Keywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the word at the end of a text may become: tables, columns, functions, keywords. */
final class Completion {
  private static final Set<String> BEFORE_TABLE =
      Set.of(
          "from", "join", "into", "update", "table", "truncate", "analyze", "references", "copy");

  private static final Pattern NOT_NAME = Pattern.compile("[^\\p{L}\\p{N}_$\"]+");
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_$]*");

  private final List<Relation> relations;
  private final List<String> databases;

  /** A table or a view. */
  record Relation(String schema, String name, List<String> columns) {}

  Completion(List<Relation> relations, List<String> databases) {
    this.relations = List.copyOf(relations);
    this.databases = databases;
  }

  /** Where the last word of {@code text} begins. */
  static int wordStart(String text) {
    boolean command = text.stripLeading().startsWith("\\");
    int start = text.length();
    while (start > 0 && isWordPart(text.charAt(start - 1), command)) {
      start--;
    }
    return start;
  }

  private static boolean isWordPart(char c, boolean command) {
    return command
        ? !Character.isWhitespace(c)
        : Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '"';
  }

  /**
   * Sorted, without what does not begin as the last word does.
   *
   * @param text the statement up to the cursor, or a backslash command
   */
  List<String> of(String text) {
    int start = wordStart(text);
    String typed = text.substring(start);
    String before = text.substring(0, start).toLowerCase(Locale.ROOT);
    Set<String> found = new TreeSet<>();
    candidates(before, typed)
        .filter(name -> name.regionMatches(true, 0, typed, 0, typed.length()))
        .forEach(found::add);
    return List.copyOf(found);
  }

  private Stream<String> candidates(String before, String typed) {
    String[] words = NOT_NAME.split(before);
    String last = words.length == 0 ? "" : words[words.length - 1];
    if (before.stripLeading().startsWith("\\")) {
      return ofCommand(before.strip());
    }
    if (before.isBlank() && typed.startsWith("\\")) {
      return MetaHelp.commands().stream();
    }
    if (before.endsWith(".")) {
      return columnsOf(last, before);
    }
    if (BEFORE_TABLE.contains(last)) {
      return relations();
    }
    return Stream.of(columnsIn(words), relations(), functions(), keywords(typed))
        .flatMap(all -> all);
  }

  private Stream<String> ofCommand(String command) {
    return switch (command) {
      case "\\d", "\\copy" -> relations();
      case "\\c", "\\connect" -> databases.stream();
      case "\\df" -> FunctionRegistry.names().stream();
      case "\\x" -> Stream.of("on", "off", "auto");
      case "\\h", "\\help" -> StatementHelp.pages().stream().map(StatementHelp.Page::name);
      case "\\pset border" -> Stream.of("0", "1", "2");
      case "\\pset pager" -> Stream.of("on", "off", "always");
      case "\\t", "\\timing" -> Stream.of("on", "off");
      case "\\pset" -> Stream.of("border", "expanded", "format", "null", "pager", "tuples_only");
      case "\\pset format" -> Stream.of("aligned", "csv", "unaligned");
      default -> Stream.empty();
    };
  }

  private Stream<String> relations() {
    return relations.stream().map(relation -> name(relation.schema(), relation.name()));
  }

  private static String name(String schema, String name) {
    return schema.equals(Table.PUBLIC) ? quoted(name) : quoted(schema) + "." + quoted(name);
  }

  private static String quoted(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static Stream<String> functions() {
    return FunctionRegistry.names().stream().map(name -> name + "(");
  }

  private static Stream<String> keywords(String typed) {
    boolean upper = typed.isEmpty() || Character.isUpperCase(typed.charAt(0));
    return Keywords.words().stream().map(word -> upper ? word.toUpperCase(Locale.ROOT) : word);
  }

  /** The columns of a table, or of the table that has the alias, or the tables of a schema. */
  private Stream<String> columnsOf(String owner, String text) {
    List<String> names = new ArrayList<>(columns(owner).toList());
    Pattern aliased =
        Pattern.compile("([\\p{L}\\p{N}_$]+)\\s+(?:as\\s+)?" + Pattern.quote(owner) + "\\b");
    aliased.matcher(text).results().forEach(found -> columns(found.group(1)).forEach(names::add));
    relations.stream()
        .filter(relation -> relation.schema().equals(owner))
        .forEach(relation -> names.add(quoted(relation.name())));
    return names.stream();
  }

  /** Of the tables that are mentioned; of all when there are none. */
  private Stream<String> columnsIn(String[] words) {
    List<String> mentioned = Stream.of(words).distinct().flatMap(this::columns).toList();
    return mentioned.isEmpty()
        ? relations.stream().flatMap(relation -> columns(relation.name()))
        : mentioned.stream();
  }

  private Stream<String> columns(String relation) {
    return relations.stream()
        .filter(one -> one.name().equals(relation))
        .flatMap(one -> one.columns().stream())
        .map(Completion::quoted);
  }
}
