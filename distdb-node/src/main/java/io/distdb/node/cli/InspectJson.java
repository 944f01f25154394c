// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distdb.api.NodeId;
import io.distdb.api.inspect.ContentCounts;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.inspect.IndexReport;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.api.storage.LogPosition;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.IndexName;
import io.distdb.node.inspect.LogRun;
import io.distdb.node.inspect.MemberReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link DirectoryReport} for programs; docs/operations.md names the fields. */
final class InspectJson {
  private final JsonGenerator json;

  private InspectJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(DirectoryReport report, PrintWriter out) {
    print(out, json -> new InspectJson(json).write(report));
  }

  /** Writes one object. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static void print(PrintWriter out, Content content) {
    try {
      JsonGenerator json = new JsonFactory().createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      content.write(json);
      json.close();
      out.println();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void member(MemberReport member) throws IOException {
    json.writeObjectFieldStart("member");
    json.writeStringField("node", member.identity().node());
    optional("cluster", member.identity().cluster());
    json.writeNumberField("term", member.term());
    optional("voted_for", member.vote().map(NodeId::value));
    json.writeNumberField("membership_index", member.membershipIndex());
    array("voters", member.voters().stream().map(NodeId::value).toList());
    array("outgoing", member.outgoing().stream().map(NodeId::value).toList());
    array("learners", member.learners().stream().map(NodeId::value).toList());
    array("recoveries", member.recoveries());
    json.writeEndObject();
  }

  private void array(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void write(DirectoryReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("directory", report.location());
    if (report.format().isPresent()) {
      json.writeNumberField("format", report.format().get());
    }
    json.writeStringField("engine", report.engine());
    optional("wal_dir", report.walDirectory());
    optional("in_use_by", report.holder());
    json.writeBooleanField("verified", report.verified());
    json.writeBooleanField("sound", report.isSound());
    if (report.member().isPresent()) {
      member(report.member().get());
    }
    journal(report);
    json.writeArrayFieldStart("families");
    for (FileGroup group : report.groups()) {
      group(group);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("contents");
    for (ContentReport content : report.contents()) {
      content(content, report.names());
    }
    json.writeEndArray();
    optional("names_problem", report.namesProblem());
    damages(json, report.damages());
    json.writeEndObject();
  }

  private void optional(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private void journal(DirectoryReport report) throws IOException {
    json.writeObjectFieldStart("journal");
    json.writeNumberField("torn_bytes", report.journal().tornBytes());
    json.writeNumberField("noted_epoch", report.journal().notedEpoch());
    json.writeArrayFieldStart("segments");
    for (SegmentReport segment : report.journal().segments()) {
      json.writeStartObject();
      json.writeStringField("file", segment.file());
      json.writeNumberField("epoch", segment.epoch());
      json.writeNumberField("base", segment.base());
      json.writeNumberField("bytes", segment.fileBytes());
      json.writeNumberField("used_bytes", segment.usedBytes());
      json.writeNumberField("records", segment.records());
      json.writeNumberField("entries", segment.entries());
      position("first", segment.first());
      position("last", segment.last());
      json.writeStringField("end", segment.end().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("leftovers");
    for (String file : report.journal().leftovers()) {
      json.writeString(file);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("log");
    for (LogRun run : report.runs()) {
      json.writeStartObject();
      json.writeNumberField("shard", run.shard().value());
      json.writeNumberField("first", run.first());
      json.writeNumberField("last", run.last());
      json.writeNumberField("commits", run.commits());
      json.writeNumberField("from", run.from());
      json.writeNumberField("to", run.to());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void position(String name, Optional<LogPosition> position) throws IOException {
    if (position.isPresent()) {
      json.writeObjectFieldStart(name);
      json.writeNumberField("term", position.get().term());
      json.writeNumberField("index", position.get().index());
      json.writeEndObject();
    }
  }

  private void group(FileGroup group) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", group.name());
    json.writeNumberField("files", group.files());
    json.writeNumberField("bytes", group.bytes());
    json.writeArrayFieldStart("levels");
    for (FileGroup.Level level : group.levels()) {
      json.writeStartObject();
      json.writeNumberField("level", level.number());
      json.writeNumberField("files", level.files());
      json.writeNumberField("bytes", level.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("properties");
    for (Map.Entry<String, Long> property : new TreeMap<>(group.properties()).entrySet()) {
      json.writeNumberField(property.getKey(), property.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void content(ContentReport content, Map<?, IndexName> names) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", content.name());
    json.writeNumberField("shard", content.shard().value());
    json.writeBooleanField("newest", content.newest());
    position("position", content.position());
    json.writeNumberField("bytes", content.bytes());
    json.writeNumberField("content_bytes", content.contentBytes());
    counts("counts", content.counts());
    if (content.counted().isPresent()) {
      counts("says", content.counted().get());
    }
    json.writeArrayFieldStart("indexes");
    for (IndexReport index : content.indexes()) {
      index(index, Optional.ofNullable(names.get(index.id())));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void counts(String name, ContentCounts counts) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("keys", counts.keys());
    json.writeNumberField("versions", counts.versions());
    json.writeNumberField("indexes", counts.indexes());
    json.writeNumberField("side_records", counts.sides());
    json.writeEndObject();
  }

  private void index(IndexReport index, Optional<IndexName> name) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", index.id().value());
    json.writeStringField("kind", index.kind().name());
    json.writeNumberField("keys", index.keys());
    json.writeNumberField("versions", index.versions());
    json.writeNumberField("bytes", index.bytes());
    json.writeBooleanField("exact", index.exact());
    optional("database", name.map(IndexName::database));
    optional("schema", name.map(IndexName::schema));
    optional("table", name.map(IndexName::table));
    optional("index", name.flatMap(IndexName::index));
    json.writeEndObject();
  }

  static void damages(JsonGenerator json, List<Damage> damages) throws IOException {
    json.writeArrayFieldStart("damages");
    for (Damage damage : damages) {
      json.writeStartObject();
      json.writeStringField("kind", damage.kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("file", damage.file());
      if (damage.offset() != Damage.WHOLE_FILE) {
        json.writeNumberField("offset", damage.offset());
      }
      json.writeNumberField("bytes", damage.bytes());
      json.writeStringField("what", damage.what());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
