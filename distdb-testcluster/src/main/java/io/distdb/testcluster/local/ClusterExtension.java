// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.client.Client;
import java.lang.reflect.Constructor;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link DistDbCluster} says. The cluster is kept where the annotation is, and ends there. */
final class ClusterExtension
    implements ParameterResolver, TestInstancePreConstructCallback, BeforeEachCallback {
  private static final Namespace OWN = Namespace.create(ClusterExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return (type == LocalCluster.class || type == Client.class)
        && home(parameter, context).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext home = home(parameter, context).orElseThrow();
    LocalCluster cluster =
        home.getStore(OWN)
            .computeIfAbsent(
                key(home), key -> start(annotation(home).orElseThrow()), LocalCluster.class);
    return parameter.getParameter().getType() == Client.class ? cluster.client() : cluster;
  }

  /** What a constructor gets is its class's: it is called for every one of its tests. */
  private static Optional<ExtensionContext> home(
      ParameterContext parameter, ExtensionContext context) {
    Optional<ExtensionContext> from = Optional.of(context);
    if (parameter.getDeclaringExecutable() instanceof Constructor<?>) {
      while (from.isPresent() && from.get().getTestMethod().isPresent()) {
        from = from.get().getParent();
      }
    }
    return from.flatMap(ClusterExtension::home);
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    recover(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    recover(context);
  }

  private static void recover(ExtensionContext context) {
    home(context)
        .map(home -> home.getStore(OWN).get(key(home), LocalCluster.class))
        .ifPresent(LocalCluster::recover);
  }

  /** A store finds what outer contexts have under the same key, too. */
  private static Object key(ExtensionContext home) {
    return home.getElement().orElseThrow();
  }

  private static LocalCluster start(DistDbCluster wanted) {
    return LocalCluster.builder()
        .nodes(wanted.nodes())
        .servesPostgres(wanted.servesPostgres())
        .start();
  }

  /** The nearest context, outwards, whose method or class has the annotation. */
  private static Optional<ExtensionContext> home(ExtensionContext context) {
    Optional<ExtensionContext> looked = Optional.of(context);
    while (looked.isPresent() && annotation(looked.get()).isEmpty()) {
      looked = looked.get().getParent();
    }
    return looked;
  }

  private static Optional<DistDbCluster> annotation(ExtensionContext context) {
    return context
        .getElement()
        .flatMap(element -> AnnotationSupport.findAnnotation(element, DistDbCluster.class));
  }
}
