// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SequenceGenerator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A table for it, and one for each kind of it. */
@Entity
@Inheritance(strategy = InheritanceType.JOINED)
abstract class Vehicle {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "vehicles")
  @SequenceGenerator(name = "vehicles", sequenceName = "vehicle_numbers", allocationSize = 50)
  Long id;

  String plate;

  @ElementCollection
  @OrderColumn(name = "place")
  List<String> owners = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "vehicle_mileage")
  @MapKeyColumn(name = "year_of")
  @Column(name = "kilometres")
  Map<Integer, Long> mileage = new TreeMap<>();

  @ElementCollection Set<Service> services = new HashSet<>();

  @Embeddable
  record Service(LocalDate day, String garage) {}

  @Entity(name = "Car")
  static class Car extends Vehicle {
    int seats;
  }

  @Entity(name = "Truck")
  static class Truck extends Vehicle {
    double tons;
  }
}
