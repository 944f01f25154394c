// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests as text: a line for each fact, the last with the hash of all before it. The first two
 * lines and the last have this form in every format version.
 */
final class ManifestText {
  /** The format that this binary writes, and the newest it reads. */
  static final int VERSION = 1;

  private static final String FIRST_LINE = "DistDB backup";
  private static final int ID_DIGITS = 32;

  private final String name;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<BackupFile> files = new ArrayList<>();

  private ManifestText(String name) {
    this.name = name;
  }

  static String of(BackupManifest manifest) {
    return signed(body(manifest));
  }

  /** All lines but the last, completed by that. */
  static String signed(String body) {
    return body + "id " + hash(body) + "\n";
  }

  /** The id of a manifest, whatever id it has. */
  static String id(BackupManifest manifest) {
    return hash(body(manifest));
  }

  private static String body(BackupManifest manifest) {
    StringBuilder text = new StringBuilder();
    text.append(FIRST_LINE).append("\nformat ").append(VERSION).append('\n');
    line(text, "kind", manifest.isIncremental() ? "incremental" : "full");
    manifest.parent().ifPresent(parent -> line(text, "parent", parent));
    line(text, "database", manifest.database());
    line(text, "engine", manifest.engine());
    line(text, "version", manifest.version());
    line(text, "timestamp", Long.toString(manifest.timestamp()));
    line(text, "time", manifest.time());
    line(text, "position", manifest.position().term() + " " + manifest.position().index());
    line(text, "compression", manifest.compression().text());
    for (BackupFile file : manifest.files()) {
      line(
          text,
          "file",
          "%s %d %08x %d".formatted(file.name(), file.bytes(), file.crc32c(), file.entries()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  /** The first half of SHA-256 (FIPS 180-4): not guessed, not met by chance. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * @param name of the file, for messages
   */
  static BackupManifest parse(String text, String name) {
    return new ManifestText(name).parse(text);
  }

  private BackupManifest parse(String text) {
    if (!text.startsWith(FIRST_LINE + "\n")) {
      throw damaged("it does not begin with \"" + FIRST_LINE + "\"");
    }
    int last = text.length() - "id \n".length() - ID_DIGITS;
    if (last < 0 || !text.substring(last).equals("id " + hash(text.substring(0, last)) + "\n")) {
      throw damaged("the hash in its last line is not that of the lines before it");
    }
    List<String> lines = text.lines().skip(1).toList();
    lines.forEach(this::take);
    int version = (int) number(fact("format"));
    if (version > VERSION) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              name
                  + " has backup format "
                  + version
                  + ", but this DistDB reads formats up to "
                  + VERSION)
          .withHint("Restore it with the newer DistDB. Nothing was changed.");
    }
    return manifest();
  }

  private void take(String line) {
    int space = line.indexOf(' ');
    if (space <= 0) {
      throw damaged("the line \"" + line + "\" says nothing");
    }
    String key = line.substring(0, space);
    String value = line.substring(space + 1);
    if (key.equals("file")) {
      files.add(file(value));
    } else if (facts.put(key, value) != null) {
      throw damaged("it says \"" + key + "\" twice");
    }
  }

  private BackupFile file(String value) {
    String[] words = value.split(" ", -1);
    if (words.length != 4 || !words[0].matches("[A-Za-z0-9.-]+") || words[0].startsWith(".")) {
      throw damaged("the line \"file " + value + "\" names no file");
    }
    int crc = (int) Long.parseLong(words[2], 16);
    return new BackupFile(words[0], number(words[1]), crc, number(words[3]));
  }

  private BackupManifest manifest() {
    boolean incremental = fact("kind").equals("incremental");
    String[] position = fact("position").split(" ", -1);
    return new BackupManifest(
        fact("id"),
        incremental ? Optional.of(fact("parent")) : Optional.empty(),
        fact("database"),
        fact("engine"),
        fact("version"),
        number(fact("timestamp")),
        new LogPosition(number(position[0]), number(position[position.length - 1])),
        Compression.of(fact("compression"))
            .orElseThrow(() -> damaged("it names no compression that there is")),
        files);
  }

  private String fact(String key) {
    String value = facts.get(key);
    if (value == null) {
      throw damaged("it does not say \"" + key + "\"");
    }
    return value;
  }

  private long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw damaged("\"" + text + "\" is no number");
    }
    return Long.parseLong(text);
  }

  private DistDbException damaged(String why) {
    return new DistDbException(ErrorCode.DATA_CORRUPTED, name + " is damaged: " + why)
        .withHint("Restore another backup. Nothing was changed.");
  }
}
