package dev.trifocal.architecture;

import dev.trifocal.architecture.planted.apps.Exits;
import dev.trifocal.architecture.planted.apps.InjectedField;
import dev.trifocal.architecture.planted.apps.InjectedMethod;
import dev.trifocal.architecture.planted.apps.ReadsEnvironment;
import dev.trifocal.architecture.planted.backend.djl.DividesByNumber;
import dev.trifocal.architecture.planted.backend.onnx.PublicSession;
import dev.trifocal.architecture.planted.data.CycleEnd;
import dev.trifocal.architecture.planted.data.Refuses;
import dev.trifocal.architecture.planted.datasets.AsksInjector;
import dev.trifocal.architecture.planted.graph.AsksForLayer;
import dev.trifocal.architecture.planted.graph.AsksStorage;
import dev.trifocal.architecture.planted.graph.ConstantsOnly;
import dev.trifocal.architecture.planted.graph.FiltersLayers;
import dev.trifocal.architecture.planted.graph.KnowsDjl;
import dev.trifocal.architecture.planted.graph.KnowsNd4j;
import dev.trifocal.architecture.planted.graph.KnowsOnnxRuntime;
import dev.trifocal.architecture.planted.graph.MatchesLayers;
import dev.trifocal.architecture.planted.graph.OuterName;
import dev.trifocal.architecture.planted.graph.SomeGraph;
import dev.trifocal.architecture.planted.graph.StaticMethodsOnly;
import dev.trifocal.architecture.planted.layer.ClassLayer;
import dev.trifocal.architecture.planted.layer.RecordLayer;
import dev.trifocal.architecture.planted.metric.Child;
import dev.trifocal.architecture.planted.metric.Parent;
import dev.trifocal.architecture.planted.shape.KnowsGraph;
import dev.trifocal.architecture.planted.surplus.Stranger;
import dev.trifocal.architecture.planted.tensor.CycleStart;
import dev.trifocal.architecture.planted.tensor.SameName;
import dev.trifocal.architecture.planted.train.CountsInStatic;
import dev.trifocal.architecture.planted.train.StaticArray;
import dev.trifocal.architecture.planted.train.StaticCache;
import dev.trifocal.architecture.planted.train.StaticCounter;
import dev.trifocal.architecture.planted.trainer.OwnsRandom;
import dev.trifocal.architecture.planted.trainer.PassesClock;
import dev.trifocal.architecture.planted.trainer.Prints;
import dev.trifocal.architecture.planted.trainer.PrintsTrace;
import dev.trifocal.architecture.planted.trainer.ReadsClock;
import dev.trifocal.architecture.planted.trainer.UsesMathRandom;
import dev.trifocal.architecture.planted.weights.BaseWeights;
import dev.trifocal.architecture.planted.weights.EncodesText;
import dev.trifocal.architecture.planted.weights.FoldsCase;
import dev.trifocal.architecture.planted.weights.FormatsNumber;
import dev.trifocal.architecture.planted.weights.WeightsUtils;
import dev.trifocal.architecture.planted.zoo.KnowsProtobuf;
import java.util.List;

/** All rules on classes. A rule that stands here without a violation fails the build. */
final class ArchitectureRules {
  private ArchitectureRules() {}

  static List<ArchitectureRule> all() {
    return List.of(
        ArchitectureRule.of("the table of arrows", PackageDependencies::onlyAllowed)
            .brokenBy("shape must not know graph", KnowsGraph.class)
            .brokenBy("package that the table does not have", Stranger.class),
        ArchitectureRule.of("no cycles", PackageDependencies::noCycles)
            .brokenBy("Cycle detected", CycleStart.class, CycleEnd.class),
        ArchitectureRule.of("engines in their backends", LibraryRules::engines)
            .brokenBy("KnowsOnnxRuntime", KnowsOnnxRuntime.class)
            .brokenBy("KnowsDjl", KnowsDjl.class)
            .brokenBy("KnowsNd4j", KnowsNd4j.class),
        ArchitectureRule.of("protobuf in the file format", LibraryRules::protobuf)
            .brokenBy("KnowsProtobuf", KnowsProtobuf.class),
        ArchitectureRule.of("Guice in apps and modules", LibraryRules::guice)
            .brokenBy("AsksInjector", AsksInjector.class),
        ArchitectureRule.of("constructor injection", LibraryRules::constructorInjection)
            .brokenBy("InjectedField", InjectedField.class)
            .brokenBy("InjectedMethod", InjectedMethod.class),
        ArchitectureRule.of(
                "backends show only how they start", LibraryRules::backendsShowOnlyHowTheyStart)
            .brokenBy("PublicSession", PublicSession.class),
        ArchitectureRule.of("numbers in PyTorch's memory", LibraryRules::pytorchOwnsItsNumbers)
            .brokenBy("DividesByNumber", DividesByNumber.class),
        ArchitectureRule.of("layers are records", CodeRules::layersAreRecords)
            .brokenBy("ClassLayer", ClassLayer.class)
            .brokenBy("RecordLayer$Nested", RecordLayer.class, RecordLayer.Nested.class),
        ArchitectureRule.of("no instanceof on layers", CodeRules::noInstanceofOnLayers)
            .brokenBy("AsksForLayer", AsksForLayer.class)
            .brokenBy("FiltersLayers", FiltersLayers.class)
            .brokenBy("MatchesLayers", MatchesLayers.class),
        ArchitectureRule.of("storage for memory only", CodeRules::storageForMemoryOnly)
            .brokenBy("AsksStorage", AsksStorage.class),
        ArchitectureRule.of("no interfaces of statics", CodeRules::noStaticOnlyInterfaces)
            .brokenBy("StaticMethodsOnly", StaticMethodsOnly.class)
            .brokenBy("ConstantsOnly", ConstantsOnly.class),
        ArchitectureRule.of("no mutable statics", CodeRules::noMutableStatics)
            .brokenBy("is a non-final int", CountsInStatic.class)
            .brokenBy("StaticArray.NUMBERS is a [I", StaticArray.class)
            .brokenBy("StaticCache.CACHE is a java.util.HashMap", StaticCache.class)
            .brokenBy("StaticCounter.COUNTER is a ", StaticCounter.class),
        ArchitectureRule.of("no inheritance", CodeRules::noInheritance)
            .brokenBy("Child extends ", Parent.class, Child.class),
        ArchitectureRule.of("no unsupported operations", CodeRules::noUnsupportedOperations)
            .brokenBy("Refuses", Refuses.class),
        ArchitectureRule.of("distinct simple names", NameRules::distinctSimpleNames)
            .brokenBy(
                "has the simple name of ",
                SameName.class,
                dev.trifocal.architecture.planted.weights.SameName.class)
            .brokenBy(
                "SomeGraph has the simple name of ",
                SomeGraph.class,
                OuterName.class,
                OuterName.SomeGraph.class),
        ArchitectureRule.of("telling names", CodeRules::names)
            .brokenBy("WeightsUtils", WeightsUtils.class)
            .brokenBy("BaseWeights", BaseWeights.class),
        ArchitectureRule.of("random numbers", PlatformRules::randomNumbers)
            .brokenBy("Math.random", UsesMathRandom.class)
            .brokenBy("java.util.Random", OwnsRandom.class),
        ArchitectureRule.of("clocks", PlatformRules::clocks)
            .brokenBy("System.nanoTime", ReadsClock.class)
            .brokenBy("Instant.now", PassesClock.class),
        ArchitectureRule.of("locale and charset", PlatformRules::localeAndCharset)
            .brokenBy("String.toLowerCase", FoldsCase.class)
            .brokenBy("String.format", FormatsNumber.class)
            .brokenBy("String.getBytes", EncodesText.class),
        ArchitectureRule.of(
                "streams, environment and exit", PlatformRules::standardStreamsAndEnvironment)
            .brokenBy("System.out", Prints.class)
            .brokenBy("printStackTrace", PrintsTrace.class)
            .brokenBy(
                "more than one class touches the process", ReadsEnvironment.class, Exits.class));
  }
}
