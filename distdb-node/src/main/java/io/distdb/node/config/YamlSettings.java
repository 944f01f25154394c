// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Keys and scalars of a YAML file, with their lines. Everything that knows Jackson is here. */
final class YamlSettings {
  private YamlSettings() {}

  static List<GivenSetting> read(Path file) {
    if (Files.isDirectory(file)) {
      throw new DistDbException(
          ErrorCode.WRONG_OBJECT_TYPE, file.toAbsolutePath() + " is a directory, not a file");
    }
    try (Reader text = Files.newBufferedReader(file);
        JsonParser parser = new YAMLFactory().createParser(text)) {
      return read(parser, file);
    } catch (NoSuchFileException missing) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no file " + file.toAbsolutePath(), missing);
    } catch (AccessDeniedException denied) {
      throw new DistDbException(
              ErrorCode.IO_ERROR,
              "cannot read " + file.toAbsolutePath() + ": permission denied",
              denied)
          .withHint("Let the user of this process read it.");
    } catch (JsonProcessingException wrong) {
      throw new DistDbException(
          ErrorCode.CONFIGURATION_ERROR,
          "line "
              + (wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr())
              + " of "
              + file
              + " is not YAML: "
              + wrong.getOriginalMessage(),
          wrong);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot read " + file.toAbsolutePath() + ": " + failure, failure);
    }
  }

  private static List<GivenSetting> read(JsonParser parser, Path file) throws IOException {
    List<GivenSetting> settings = new ArrayList<>();
    JsonToken first = parser.nextToken();
    if (first == null) {
      return settings;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new DistDbException(
          ErrorCode.CONFIGURATION_ERROR, file + " is not a list of lines \"key: value\"");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String place = "line " + parser.currentTokenLocation().getLineNr() + " of " + file;
      JsonToken value = parser.nextToken();
      settings.add(new GivenSetting(key, text(parser, value), place));
    }
    return settings;
  }

  /** A list of scalars in one line, as YAML may have it; what is deeper is no value of any key. */
  private static String text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return "";
    }
    if (value.isScalarValue()) {
      return parser.getText();
    }
    if (value == JsonToken.START_OBJECT) {
      parser.skipChildren();
      return "{...}";
    }
    StringJoiner elements = new StringJoiner(", ", "[", "]");
    for (JsonToken element = parser.nextToken();
        element != JsonToken.END_ARRAY;
        element = parser.nextToken()) {
      elements.add(element.isScalarValue() ? parser.getText() : "...");
      parser.skipChildren();
    }
    return elements.toString();
  }
}
