private import Autodiff
import PrintableText
import SeededRandom

/// How far a meta-epoch is: what must be kept to go on in the middle of one.
struct EpochProgress: Sendable, Hashable {
    /// Steps that are done.
    var stepsDone = 0
    /// The query loss of each task that was trained on, in order.
    var losses: [Double] = []
    /// The query accuracy of each.
    var accuracies: [Double] = []
    /// The time that the steps took, in seconds.
    var seconds = 0.0
    /// Where the epoch's random numbers come from.
    var generator: SeededGenerator

    /// The beginning of an epoch.
    init(generator: SeededGenerator) {
        self.generator = generator
    }

    /// Takes a step in.
    mutating func add(_ outcomes: [AdaptationOutcome<Float>], seconds: Double) {
        stepsDone += 1
        losses += outcomes.map(\.query.meanLoss)
        accuracies += outcomes.map(\.query.accuracy)
        self.seconds += seconds
    }

    /// Mean loss and accuracy so far.
    var scores: Scores { Scores(losses: losses, accuracies: accuracies) }

    // MARK: In a checkpoint

    /// Puts the progress into a checkpoint.
    func write(to file: inout Safetensors) {
        file.metadata["epoch_steps_done"] = "\(stepsDone)"
        file.metadata["epoch_seconds"] = "\(seconds)"
        file.set("epoch.losses", to: Tensor(shape: [losses.count], elements: losses))
        file.set("epoch.accuracies", to: Tensor(shape: [accuracies.count], elements: accuracies))
        file.set("epoch.generator", to: generator.stateWords)
    }

    /// Takes the progress from a checkpoint; `nil` for one that was made between epochs.
    init?(_ file: Safetensors, name: String) throws(MetaLearningError) {
        guard let text = file.metadata["epoch_steps_done"] else { return nil }
        let losses: Tensor<Double> = try file.tensor("epoch.losses", in: name)
        let accuracies: Tensor<Double> = try file.tensor("epoch.accuracies", in: name)
        guard let steps = Int(text), steps >= 1, losses.elements.count == accuracies.elements.count,
            let seconds = file.metadata["epoch_seconds"].flatMap(Double.init), seconds >= 0,
            let generator = SeededGenerator(
                stateWords: try file.unsignedIntegers("epoch.generator", in: name))
        else {
            throw MetaLearningError(
                .malformed(
                    expected: "the steps of an epoch",
                    found: "\(text) steps, \(losses.elements.count, of: "loss", plural: "losses"), "
                        + "\(accuracies.elements.count, of: "accuracy", plural: "accuracies")",
                    byteOffset: 8), at: name)
        }
        stepsDone = steps
        self.losses = losses.elements
        self.accuracies = accuracies.elements
        self.seconds = seconds
        self.generator = generator
    }
}
