// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The calls of etcd's version 3 API that are made here; messages as their bytes. */
final class EtcdMethods {
  static final MethodDescriptor<byte[], byte[]> PUT = unary("etcdserverpb.KV/Put");
  static final MethodDescriptor<byte[], byte[]> RANGE = unary("etcdserverpb.KV/Range");
  static final MethodDescriptor<byte[], byte[]> STATUS = unary("etcdserverpb.Maintenance/Status");

  private EtcdMethods() {}

  private static MethodDescriptor<byte[], byte[]> unary(String name) {
    MethodDescriptor.Marshaller<byte[]> bytes =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
          }

          @Override
          public byte[] parse(InputStream stream) {
            try {
              return stream.readAllBytes();
            } catch (IOException gone) {
              throw new UncheckedIOException(gone);
            }
          }
        };
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .setRequestMarshaller(bytes)
        .setResponseMarshaller(bytes)
        .build();
  }

  private static byte[] key(long key) {
    return ByteBuffer.allocate(Long.BYTES).putLong(key).array();
  }

  /** PutRequest: key = 1, value = 2. */
  static byte[] put(long key, byte[] value) {
    return fields(key(key), value);
  }

  /** RangeRequest: key = 1; linearizable unless it says otherwise. */
  static byte[] range(long key) {
    return fields(key(key));
  }

  private static byte[] fields(byte[]... values) {
    try {
      int bytes = 0;
      for (int i = 0; i < values.length; i++) {
        bytes += CodedOutputStream.computeByteArraySize(i + 1, values[i]);
      }
      byte[] message = new byte[bytes];
      CodedOutputStream out = CodedOutputStream.newInstance(message);
      for (int i = 0; i < values.length; i++) {
        out.writeByteArray(i + 1, values[i]);
      }
      out.checkNoSpaceLeft();
      return message;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Of a StatusResponse.
   *
   * @param member ResponseHeader (field 1), member_id = 2
   * @param leader field 4; 0: none
   */
  record Status(long member, long leader) {}

  static Status status(byte[] message) {
    try {
      return new Status(
          number(CodedInputStream.newInstance(header(message)), 2),
          number(CodedInputStream.newInstance(message), 4));
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private static byte[] header(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        return in.readByteArray();
      }
      in.skipField(tag);
    }
    return new byte[0];
  }

  private static long number(CodedInputStream in, int field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        return in.readUInt64();
      }
      in.skipField(tag);
    }
    return 0;
  }
}
