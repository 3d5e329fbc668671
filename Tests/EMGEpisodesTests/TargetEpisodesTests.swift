import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Collections with targets, and without anything to learn")
struct TargetEpisodesTests {
    private static var training: TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.model = DNN(hidden: [16])
        configuration.inner.epochs = 2
        configuration.inner.optimizer = InnerSGD()
        configuration.inner.learningRate = 0.01
        configuration.outer.learningRate = 0.003
        configuration.metaEpochs = 200
        configuration.baselines.pretrained = nil
        configuration.threads = 2
        return configuration
    }

    private static func configuration(targets: TargetSelection?) -> CollectionConfiguration {
        var configuration = CollectionInFolder.configuration()
        configuration.split.rule = .fraction(0.5)
        configuration.targets = targets
        return configuration
    }

    @Test("a model learns targets that windows tell, and is scored by error and R²")
    func regression() throws {
        let study = try CollectionInFolder(
            Self.configuration(targets: TargetSelection(columns: ["level"], rule: .mean))
        ) { recording in
            // The mean of two channels: what a window tells exactly.
            let samples = recording.samples
            recording.targets = [
                TargetTrack(
                    try TargetDescription(name: "level", unit: "mV", dimensions: ["a", "b"]),
                    values: SampleMatrix(
                        values: (0..<samples.sampleCount).flatMap { sample in
                            [
                                (samples[sample, 0] + samples[sample, 1]) / 100,
                                (samples[sample, 2] - samples[sample, 3]) / 100,
                            ]
                        }, channelCount: 2))
            ]
        }
        let file = try CollectionFile.open(study.manifestURL)
        let source = try CollectionEpisodes(file)
        #expect(source.targetNames == ["level/a", "level/b"])
        let tensors = try file.tensors(for: "p1/day1/111")
        let episode = try source.episode("p1/day1/111")
        #expect(episode.support.targets == tensors.support.targets)
        #expect(episode.query.targetCount == 2)
        let result = try Trainer(source: source, configuration: Self.training).train()
        let losses = result.epochs.map(\.trainLoss)
        #expect(try #require(losses.last) < #require(losses.first) / 20)
        let meta = try #require(result.columns.last)
        for score in meta.scores {
            // The other output is a small difference of noises, which takes longer to learn.
            let found = try #require(score.regression).determinations[0]
            #expect(found > 0.5, "\(score.id)")
        }
        #expect(episode.query.targets == tensors.query.targets)
    }

    @Test("there is nothing to learn of unlabeled recordings, and training says so")
    func unlabeled() throws {
        let study = try CollectionInFolder(Self.configuration(targets: nil)) { recording in
            recording.labels = nil
        }
        let source = try CollectionEpisodes(CollectionFile.open(study.manifestURL))
        let error = #expect(throws: MetaLearningError.self) {
            _ = try Trainer(source: source, configuration: Self.training)
        }
        #expect(error?.description.contains("classes or targets") == true)
        #expect(error?.description.contains("labeled recordings") == true)
    }
}
