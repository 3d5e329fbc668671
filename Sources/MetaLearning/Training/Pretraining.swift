private import Autodiff
private import SeededRandom

/// Ordinary training of a model on all training tasks' windows: the baseline that meta-training
/// has to beat.
package struct Pretraining: Sendable {
    /// What it gave.
    package struct Outcome: Sendable {
        /// The parameters.
        package let parameters: [Float]
        /// Minibatch gradients that were taken.
        package let gradientCount: Int
    }

    private let network: any Network
    private let settings: TrainingConfiguration.Baselines.Pretrained
    private let seed: UInt64
    private let loss: Loss
    private let variation: (any WindowVariation)?

    /// Prepares pre-training.
    package init(
        network: any Network, settings: TrainingConfiguration.Baselines.Pretrained, seed: UInt64,
        loss: Loss = .crossEntropy, variation: (any WindowVariation)? = nil
    ) {
        self.network = network
        self.settings = settings
        self.seed = seed
        self.loss = loss
        self.variation = variation
    }

    /// Trains.
    ///
    /// - Parameters:
    ///   - tasks: The training tasks; both parts of each are used.
    ///   - redrawn: The same tasks as they are drawn in a pass, counted from 1; `nil` when they
    ///     are the same in all.
    ///   - initial: The parameters to start from.
    ///   - gradients: How many gradients to take, in place of whole passes.
    ///   - report: Called after each pass with the parameters, its number from 1, mean loss and
    ///     accuracy.
    /// - Returns: The trained parameters.
    /// - Throws: ``MetaLearningError`` when a loss is not finite, or what `report` throws.
    package func train(
        on tasks: [TaskSamples<Float>],
        redrawn: ((_ pass: Int) throws -> [TaskSamples<Float>])? = nil, from initial: [Float],
        gradients: Int? = nil,
        report: (
            _ parameters: [Float], _ epoch: Int, _ loss: Double, _ accuracy: Double
        ) throws -> Void
    ) throws -> Outcome {
        var parts = tasks.map { LabeledSamples(joining: [$0.support, $0.query]) }
        var all = LabeledSamples(joining: parts)
        var objective = Objective<Float>(network, loss: self.loss)
        var optimizer = OuterOptimizer<Float>(OuterAdam(), parameterCount: initial.count)
        var generator = SeededGenerator(seed: seed, stream: "pre-training order")
        var parameters = initial
        var epoch = 0
        while gradients.map({ optimizer.stepCount < $0 }) ?? (epoch < settings.epochs) {
            epoch += 1
            if variation != nil || redrawn != nil {
                parts = try (redrawn?(epoch) ?? tasks).map { task in
                    let varied = task.varied(
                        by: variation, seed: seed, round: "pre-training pass \(epoch)")
                    return LabeledSamples(joining: [varied.support, varied.query])
                }
                all = LabeledSamples(joining: parts)
            }
            var residuals = Residuals(outputs: all.targetWidth)
            var (loss, correct, seen) = (0.0, 0, 0)
            for order in orders(of: parts, count: all.count, &generator) {
                let batches = Minibatches(sampleCount: order.count, size: settings.batchSize)
                for index in 0..<batches.count where optimizer.stepCount < gradients ?? .max {
                    let batch = order[batches[index]]
                    objective.load(
                        all, batch, weighedBy: batches,
                        masks: seed &+ UInt64(optimizer.stepCount) &* 0x9e37_79b9_7f4a_7c15)
                    let batchLoss = objective.run(parameters: parameters)
                    guard batchLoss.isFinite else { throw notFinite(epoch) }
                    loss += Double(batchLoss) * Double(batch.count)
                    seen += batch.count
                    correct += correctCount(objective.logits, all, batch)
                    if residuals.outputs > 0 { residuals.add(objective.logits, all, batch) }
                    optimizer.beginStep()
                    objective.forEachGradientBlock(at: parameters) { block, gradient in
                        optimizer.move(
                            &parameters, in: block, gradient: gradient,
                            learningRate: settings.learningRate)
                    }
                }
            }
            try report(
                parameters, epoch, loss / Double(max(1, seen)),
                residuals.score?.determination ?? Double(correct) / Double(max(1, seen)))
        }
        return Outcome(parameters: parameters, gradientCount: optimizer.stepCount)
    }

    /// How many samples of a batch have their largest logit at their class, of which there may be
    /// more than an episode has.
    private func correctCount(
        _ logits: [Float], _ samples: LabeledSamples<Float>, _ batch: ArraySlice<Int>
    ) -> Int {
        guard loss.targets == .classes else { return 0 }
        let classes = network.classCount
        return batch.enumerated().count { row, sample in
            let own = row * classes..<(row + 1) * classes
            let best = own.dropFirst().reduce(own.lowerBound) { logits[$1] > logits[$0] ? $1 : $0 }
            return best - own.lowerBound == samples.label(of: sample)
        }
    }

    /// The orders of one pass, each cut into minibatches by itself: everything mixed, or task
    /// after task as recorded.
    private func orders(
        of parts: [LabeledSamples<Float>], count: Int, _ generator: inout SeededGenerator
    ) -> [[Int]] {
        if settings.shuffle { return [generator.shuffled(Array(0..<count))] }
        var start = 0
        return parts.map { part in
            defer { start += part.count }
            return Array(start..<start + part.count)
        }
    }

    private func notFinite(_ epoch: Int) -> MetaLearningError {
        MetaLearningError(
            .notFinite("the loss of pass \(epoch)"), at: "the pre-trained baseline",
            hint: "lower baselines.pretrained.learning_rate")
    }
}
