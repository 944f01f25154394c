// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.Environment;
import io.distdb.sql.setting.TextStyle;
import io.distdb.sql.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Both forms of one value, as the classes under test make them. */
final class ExternalForms {
  private ExternalForms() {}

  static byte[] text(SqlType type, Value value) {
    ByteOutput out = new ByteOutput(1);
    TextWriter.put(out, ValueForm.of(type), cell(type, value), 0, TextStyle.PLAIN);
    return bytes(out);
  }

  static byte[] binary(SqlType type, Value value) {
    ByteOutput out = new ByteOutput(1);
    BinaryWriter.put(out, ValueForm.of(type), cell(type, value), 0);
    return bytes(out);
  }

  static Value ofText(SqlType type, byte[] text) {
    return TextReader.read(type, text, 0, text.length, Environment.NONE);
  }

  /** Reads it from the midst of an array. */
  static Value ofBinary(SqlType type, byte[] binary) {
    byte[] around = new byte[binary.length + 7];
    Arrays.fill(around, (byte) 0x55);
    System.arraycopy(binary, 0, around, 3, binary.length);
    BinaryReader reader = new BinaryReader().over(around, 3, binary.length);
    Value value = reader.read(type);
    if (!reader.isAtEnd()) {
      throw new IllegalArgumentException("incorrect binary data format");
    }
    return value;
  }

  private static RowCells cell(SqlType type, Value value) {
    Vector vector = new Vector(type, 1);
    vector.set(0, value);
    return new VectorCells(vector);
  }

  static byte[] bytes(ByteOutput out) {
    return Arrays.copyOf(out.array(), out.size());
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The lines of a resource that are not comments, cut at their bars. */
  static Stream<List<String>> facts(String resource) {
    try (InputStream in = ExternalForms.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split("\\|", -1)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
