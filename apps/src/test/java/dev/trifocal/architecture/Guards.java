package dev.trifocal.architecture;

import dev.trifocal.architecture.planted.apps.Exits;
import dev.trifocal.architecture.planted.apps.InjectedField;
import dev.trifocal.architecture.planted.apps.InjectedMethod;
import dev.trifocal.architecture.planted.apps.ReadsEnvironment;
import dev.trifocal.architecture.planted.backend.onnx.PublicSession;
import dev.trifocal.architecture.planted.data.Egg;
import dev.trifocal.architecture.planted.data.Refuses;
import dev.trifocal.architecture.planted.datasets.AsksInjector;
import dev.trifocal.architecture.planted.graph.AsksForLayer;
import dev.trifocal.architecture.planted.graph.FiltersLayers;
import dev.trifocal.architecture.planted.graph.KnowsDjl;
import dev.trifocal.architecture.planted.graph.KnowsNd4j;
import dev.trifocal.architecture.planted.graph.KnowsOnnxRuntime;
import dev.trifocal.architecture.planted.graph.MatchesLayers;
import dev.trifocal.architecture.planted.layer.ClassLayer;
import dev.trifocal.architecture.planted.layer.RecordLayer;
import dev.trifocal.architecture.planted.metric.Child;
import dev.trifocal.architecture.planted.metric.Parent;
import dev.trifocal.architecture.planted.shape.KnowsGraph;
import dev.trifocal.architecture.planted.surplus.Stranger;
import dev.trifocal.architecture.planted.tensor.Hen;
import dev.trifocal.architecture.planted.train.CountsInStatic;
import dev.trifocal.architecture.planted.train.StaticArray;
import dev.trifocal.architecture.planted.train.StaticCache;
import dev.trifocal.architecture.planted.train.StaticCounter;
import dev.trifocal.architecture.planted.trainer.OwnsDice;
import dev.trifocal.architecture.planted.trainer.PassesClock;
import dev.trifocal.architecture.planted.trainer.Prints;
import dev.trifocal.architecture.planted.trainer.PrintsTrace;
import dev.trifocal.architecture.planted.trainer.ReadsClock;
import dev.trifocal.architecture.planted.trainer.RollsDice;
import dev.trifocal.architecture.planted.weights.BaseWeights;
import dev.trifocal.architecture.planted.weights.WeightsUtils;
import dev.trifocal.architecture.planted.zoo.KnowsProtobuf;
import java.util.List;

/** All rules on classes. A rule that stands here without a violation fails the build. */
interface Guards {
  static List<Guard> all() {
    return List.of(
        Guard.of("the table of arrows", Arrows::onlyAllowed)
            .brokenBy("shape must not know graph", KnowsGraph.class)
            .brokenBy("package that the table does not have", Stranger.class),
        Guard.of("no cycles", Arrows::noCycles).brokenBy("Cycle detected", Hen.class, Egg.class),
        Guard.of("engines in their backends", Libraries::engines)
            .brokenBy("KnowsOnnxRuntime", KnowsOnnxRuntime.class)
            .brokenBy("KnowsDjl", KnowsDjl.class)
            .brokenBy("KnowsNd4j", KnowsNd4j.class),
        Guard.of("protobuf in the file format", Libraries::protobuf)
            .brokenBy("KnowsProtobuf", KnowsProtobuf.class),
        Guard.of("Guice in apps and modules", Libraries::guice)
            .brokenBy("AsksInjector", AsksInjector.class),
        Guard.of("constructor injection", Libraries::constructorInjection)
            .brokenBy("InjectedField", InjectedField.class)
            .brokenBy("InjectedMethod", InjectedMethod.class),
        Guard.of("backends show only how they start", Libraries::backendsShowOnlyHowTheyStart)
            .brokenBy("PublicSession", PublicSession.class),
        Guard.of("layers are records", CodeRules::layersAreRecords)
            .brokenBy("ClassLayer", ClassLayer.class)
            .brokenBy("RecordLayer$Nested", RecordLayer.class, RecordLayer.Nested.class),
        Guard.of("no instanceof on layers", CodeRules::noInstanceofOnLayers)
            .brokenBy("AsksForLayer", AsksForLayer.class)
            .brokenBy("FiltersLayers", FiltersLayers.class)
            .brokenBy("MatchesLayers", MatchesLayers.class),
        Guard.of("no mutable statics", CodeRules::noMutableStatics)
            .brokenBy("is a non-final int", CountsInStatic.class)
            .brokenBy("StaticArray.NUMBERS is a [I", StaticArray.class)
            .brokenBy("StaticCache.CACHE is a java.util.HashMap", StaticCache.class)
            .brokenBy("StaticCounter.COUNTER is a ", StaticCounter.class),
        Guard.of("no inheritance", CodeRules::noInheritance)
            .brokenBy("Child extends ", Parent.class, Child.class),
        Guard.of("no unsupported operations", CodeRules::noUnsupportedOperations)
            .brokenBy("Refuses", Refuses.class),
        Guard.of("telling names", CodeRules::names)
            .brokenBy("WeightsUtils", WeightsUtils.class)
            .brokenBy("BaseWeights", BaseWeights.class),
        Guard.of("random numbers", HostRules::randomNumbers)
            .brokenBy("Math.random", RollsDice.class)
            .brokenBy("java.util.Random", OwnsDice.class),
        Guard.of("clocks", HostRules::clocks)
            .brokenBy("System.nanoTime", ReadsClock.class)
            .brokenBy("Instant.now", PassesClock.class),
        Guard.of("streams, environment and exit", HostRules::standardStreamsAndEnvironment)
            .brokenBy("System.out", Prints.class)
            .brokenBy("printStackTrace", PrintsTrace.class)
            .brokenBy(
                "more than one class touches the process", ReadsEnvironment.class, Exits.class));
  }
}
