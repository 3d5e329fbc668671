import Autodiff
import Documents
import MetaLearning

/// A laboratory's own model with the operations that no model of the library has.
struct EveryOperation: ModelDefinition, Hashable {
    static let key = "every_operation"
    static let documentation = "All operations."
    static let fields: Fields<Self> = []

    func network(channelCount: Int, windowLength: Int, classCount: Int) -> any Network {
        EveryOperationNetwork(
            channelCount: channelCount, windowLength: windowLength, classCount: classCount)
    }
}

struct EveryOperationNetwork: LayeredNetwork {
    let channelCount: Int
    let windowLength: Int
    let classCount: Int
    private(set) var plan = ModelPlan(ModelRecorder())

    var name: String { EveryOperation.key }
    var layout: WindowSet.Layout { .timeMajor }
    var inputWidth: Int { channelCount * windowLength }

    init(channelCount: Int, windowLength: Int, classCount: Int) {
        self.channelCount = channelCount
        self.windowLength = windowLength
        self.classCount = classCount
        plan = makePlan()
    }

    func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let windows = recorder.tape.shape(of: input)[0]
        var rows = recorder.linear("first", input, outputs: 12)
        for (number, function) in ElementFunction.allCases.enumerated() {
            // A logarithm's argument has to be above 0.
            let argument =
                function == .logarithm
                ? recorder.tape.map(rows, .sigmoid) : recorder.layerNorm("norm\(number)", rows)
            let value = recorder.tape.map(argument, function)
            rows = recorder.tape.add(rows, recorder.tape.scale(value, by: 0.25))
        }
        rows = recorder.tape.dropout(rows, rate: 0.5)
        let open = recorder.tape.gate(
            rows, where: recorder.tape.subtract(rows, recorder.tape.relu(rows)))
        rows = recorder.tape.subtract(rows, open)
        // Each row by its length, its sum and the logarithm of its sum of exponentials.
        let units = recorder.tape.normalize(rows, .unitLength)
        let sums = recorder.tape.repeatColumn(recorder.tape.rowSums(rows), count: 12)
        let soft = recorder.tape.repeatColumn(recorder.tape.logSumExp(rows), count: 12)
        rows = recorder.tape.add(
            units, recorder.tape.multiply(recorder.tape.scale(sums, by: 0.1), soft))
        // Half of each row as a signal, padded and dilated, and patches by themselves.
        let signals = recorder.tape.reshape(rows, to: [windows * 6, 2])
        let layout = PatchLayout(
            signals: windows, length: 6, channels: 2, kernel: 3, dilation: 2, padding: 3)
        let patches = recorder.tape.patches(signals, layout)
        let largest = recorder.tape.rowSums(
            recorder.tape.map(recorder.tape.scale(patches, by: 0.1), .exponential))
        let convolved = recorder.convolution("conv", signals, layout, filters: 3)
        let width = layout.patchCount / windows
        let joined = recorder.tape.add(
            recorder.tape.reshape(largest, to: [windows, width]),
            recorder.tape.slice(
                recorder.tape.permute(
                    convolved, Permutation(extents: [windows, width, 3], order: [2, 0, 1])),
                from: windows * width, as: [windows, width]))
        // Columns of all windows at once, which is no mixing: one window is one column.
        let columns = recorder.tape.permute(
            joined, Permutation(extents: [windows, width], order: [1, 0]))
        let total = recorder.tape.columnSums(columns)
        let result = recorder.linear(
            "last",
            recorder.tape.permute(columns, Permutation(extents: [width, windows], order: [1, 0])),
            outputs: classCount)
        return recorder.tape.add(
            result,
            recorder.tape.scale(recorder.tape.repeatColumn(total, count: classCount), by: 0.01))
    }
}
