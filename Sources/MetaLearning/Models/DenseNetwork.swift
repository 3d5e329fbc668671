package import Autodiff

/// The models `dnn` and `mlp`: fully connected layers with ReLU between them.
///
/// A window is flattened channel by channel (element `c * windowLength + t`); layers are called
/// `linear1`, `linear2`, … with PyTorch's `weight` `[out, in]` and `bias` `[out]`, batch normalization
/// behind a hidden layer `norm1`, `norm2`, …
package struct DenseNetwork: LayeredNetwork {
    /// The name in configurations and checkpoints.
    package let name: String
    /// Windows are read channel by channel.
    package var layout: WindowSet.Layout { .channelMajor }
    /// Numbers of a window.
    package let inputWidth: Int
    /// Sizes of the hidden layers.
    package let hidden: [Int]
    /// Whether what each hidden layer gives is standardized over the batch.
    package let hasBatchNorm: Bool
    /// Classes it distinguishes, or numbers it puts out.
    package let classCount: Int
    /// Its parameters and how they start.
    package private(set) var plan = ModelPlan(ModelRecorder())

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - inputWidth: Numbers of a window, channels × samples, at least 1.
    ///   - hidden: Sizes of the hidden layers, each at least 1; none for a linear model.
    ///   - classCount: Classes, or numbers put out, at least 1.
    ///   - hasBatchNorm: Whether what each hidden layer gives is standardized over the batch.
    ///   - name: The name in configurations and checkpoints.
    package init(
        inputWidth: Int, hidden: [Int], classCount: Int, hasBatchNorm: Bool = false,
        name: String = "dnn"
    ) {
        let widths = [inputWidth] + hidden + [classCount]
        precondition(widths.allSatisfy { $0 >= 1 }, "widths must be at least 1, got \(widths)")
        self.inputWidth = inputWidth
        self.hidden = hidden
        self.classCount = classCount
        self.hasBatchNorm = hasBatchNorm
        self.name = name
        plan = makePlan()
    }

    /// Records `linear`, ReLU, `linear`, …
    package func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        var value = input
        for (index, width) in (hidden + [classCount]).enumerated() {
            if index > 0 {
                if hasBatchNorm { value = recorder.batchNorm("norm\(index)", value) }
                value = recorder.tape.relu(value)
            }
            value = recorder.linear("linear\(index + 1)", value, outputs: width)
        }
        return value
    }
}
