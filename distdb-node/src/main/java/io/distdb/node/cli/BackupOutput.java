// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static io.distdb.node.cli.InspectText.number;

import com.fasterxml.jackson.core.JsonGenerator;
import io.distdb.node.backup.BackupFile;
import io.distdb.node.backup.BackupManifest;
import io.distdb.node.backup.BackupSurvey;
import java.io.IOException;
import java.io.PrintWriter;

/** A {@link BackupSurvey} for people and for programs. */
final class BackupOutput {
  private BackupOutput() {}

  static void text(BackupSurvey survey, PrintWriter out) {
    BackupManifest manifest = survey.manifest();
    out.println("Backup           " + manifest.id());
    out.println(
        "Kind             "
            + manifest.parent().map(parent -> "incremental, continues " + parent).orElse("full"));
    out.println("Database         " + manifest.database());
    out.println("Storage engine   " + manifest.engine() + " (can be restored to any)");
    out.println("Written by       DistDB " + manifest.version());
    out.println(
        "As of            "
            + InspectText.time(manifest.timestamp())
            + " ("
            + manifest.timestamp()
            + ")");
    out.println(
        "Log position     index "
            + manifest.position().index()
            + ", term "
            + manifest.position().term());
    out.println("Compression      " + manifest.compression());
    out.println();
    TextTable files = new TextTable("Files", "File", "Bytes", "Entries", "CRC32C");
    for (BackupFile file : manifest.files()) {
      files.add(
          file.name(),
          number(file.bytes()),
          number(file.entries()),
          String.format("%08x", file.crc32c()));
    }
    files.print(out);
    out.println();
    if (survey.damages().isEmpty()) {
      out.println("Everything was read, and every checksum is right.");
    } else {
      InspectText.damages(out, survey.damages());
    }
  }

  static void json(BackupSurvey survey, PrintWriter out) {
    InspectJson.print(out, json -> write(survey, json));
  }

  private static void write(BackupSurvey survey, JsonGenerator json) throws IOException {
    BackupManifest manifest = survey.manifest();
    json.writeStartObject();
    json.writeStringField("backup", manifest.id());
    json.writeStringField("kind", manifest.isIncremental() ? "incremental" : "full");
    if (manifest.parent().isPresent()) {
      json.writeStringField("parent", manifest.parent().get());
    }
    json.writeStringField("database", manifest.database());
    json.writeStringField("engine", manifest.engine());
    json.writeStringField("version", manifest.version());
    json.writeNumberField("timestamp", manifest.timestamp());
    json.writeNumberField("term", manifest.position().term());
    json.writeNumberField("index", manifest.position().index());
    json.writeStringField("compression", manifest.compression().toString());
    json.writeBooleanField("sound", survey.damages().isEmpty());
    json.writeArrayFieldStart("files");
    for (BackupFile file : manifest.files()) {
      json.writeStartObject();
      json.writeStringField("name", file.name());
      json.writeNumberField("bytes", file.bytes());
      json.writeNumberField("entries", file.entries());
      json.writeStringField("crc32c", String.format("%08x", file.crc32c()));
      json.writeEndObject();
    }
    json.writeEndArray();
    InspectJson.damages(json, survey.damages());
    json.writeEndObject();
  }
}
