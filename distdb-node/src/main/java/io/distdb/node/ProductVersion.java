// SPDX-License-Identifier: MIT
package io.distdb.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which DistDB this is. */
public final class ProductVersion {
  private ProductVersion() {}

  /** As the build names it, such as {@code 0.1.0}. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream resource = ProductVersion.class.getResourceAsStream("version.properties")) {
      properties.load(resource);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties.getProperty("version");
  }
}
