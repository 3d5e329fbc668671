import Autodiff
import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Collections as sources of episodes")
struct CollectionEpisodesTests {
    private static let augmentations = [
        AugmentationStep(.rotation(positions: 1)), AugmentationStep(.noise(deviation: 0.2)),
        AugmentationStep(.gain(range: 0.3), probability: 0.5),
    ]

    private static var training: TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.model = DNN(hidden: [8])
        configuration.inner.epochs = 1
        configuration.metaEpochs = 2
        configuration.baselines.pretrained?.epochs = 1
        configuration.threads = 2
        return configuration
    }

    @Test(
        "windows are varied as the manifest's augmentations say, in both orders of numbers",
        arguments: [WindowSet.Layout.timeMajor, .channelMajor])
    func variation(layout: WindowSet.Layout) throws {
        let study = try CollectionInFolder(
            CollectionInFolder.configuration(augmentation: Self.augmentations))
        let source = try CollectionEpisodes(CollectionFile.open(study.manifestURL))
        let variation = try #require(source.variation)
        #expect(variation.summary == "rotation, noise, gain")
        let support = try source.episode("p1/day1/111").support
        var differing = 0
        for index in 0..<support.count {
            var window = [Float](repeating: 0, count: support.windowWidth)
            support.gather([index], as: layout, into: &window)
            let before = window
            var expected = window
            var generator = SeededGenerator(seed: UInt64(index))
            Self.augmentations.apply(
                to: &expected, channelCount: 6, windowLength: 12,
                layout: layout == .timeMajor ? .samplesFirst : .channelsFirst, using: &generator)
            variation.vary(&window, layout: layout, draw: UInt64(index))
            #expect(window == expected)
            if window != before { differing += 1 }
        }
        #expect(differing == support.count)
        let plain = try CollectionInFolder(CollectionInFolder.configuration())
        #expect(
            try CollectionEpisodes(CollectionFile.open(plain.manifestURL)).variation == nil)
    }

    @Test("augmentation changes what is learned, not what is evaluated before learning")
    func training() throws {
        let study = try CollectionInFolder(
            CollectionInFolder.configuration(augmentation: Self.augmentations))
        let source = try CollectionEpisodes(CollectionFile.open(study.manifestURL))
        var configuration = Self.training
        let on = try Trainer(source: source, configuration: configuration).train()
        let again = try Trainer(source: source, configuration: configuration).train()
        configuration.augmentation = false
        let off = try Trainer(source: source, configuration: configuration).train()
        #expect(on.parameters == again.parameters)
        #expect(on.parameters != off.parameters)
        // The untrained model is evaluated on test tasks, which are never varied.
        #expect(on.columns.first?.scores == off.columns.first?.scores)
        let plain = try CollectionInFolder(CollectionInFolder.configuration())
        let other = try Trainer(
            source: CollectionEpisodes(CollectionFile.open(plain.manifestURL)),
            configuration: configuration
        ).train()
        #expect(other.parameters == off.parameters)
    }

    @Test("with room for all tasks each one is read once; the result is the same without")
    func memory() throws {
        let study = try CollectionInFolder(CollectionInFolder.configuration())
        let file = try CollectionFile.open(study.manifestURL)
        let kept = try CollectionEpisodes(file, memoryBudget: Self.training.taskMemory)
        let result = try Trainer(source: kept, configuration: Self.training).train()
        // Threads that ask at once may each read a task.
        #expect((5...10).contains(kept.readCount))
        let before = kept.readCount
        _ = try Trainer(source: kept, configuration: Self.training).train()
        #expect(kept.readCount == before)
        let none = try CollectionEpisodes(file)
        let other = try Trainer(source: none, configuration: Self.training).train()
        #expect(none.readCount > 10)
        #expect(other.parameters == result.parameters)
    }

    @Test("a model over a grid takes rows and columns from the collection")
    func grid() throws {
        let study = try CollectionInFolder(
            CollectionInFolder.configuration(grid: .init(rows: 2, columns: 3)))
        let file = try CollectionFile.open(study.manifestURL)
        let source = try CollectionEpisodes(file)
        var configuration = Self.training
        var model = GridCNN()
        model.filters = [3]
        model.hidden = [4]
        configuration.model = model
        let folder = study.folder.url.appending(path: "run")
        let run = try TrainingRun.create(folder, configuration: configuration, threads: 2)
        _ = try Trainer(source: source, configuration: configuration).train(into: run)
        let checkpoint = try ModelCheckpoint(
            contentsOf: folder.appending(path: "checkpoints/best.safetensors"))
        #expect((checkpoint.model as? GridCNN)?.grid.map { [$0.height, $0.width] } == [2, 3])
        let flat = try CollectionInFolder(CollectionInFolder.configuration())
        #expect(throws: MetaLearningError.self) {
            try Trainer(
                source: CollectionEpisodes(CollectionFile.open(flat.manifestURL)),
                configuration: configuration)
        }
    }
}
