import MyoTask

/// A model with one narrow layer, small enough for the armband's own processor.
struct Bottleneck: ModelDefinition, Hashable {
    /// Numbers of the narrow layer.
    var width = 4

    static let key = "bottleneck"
    static let documentation = "One narrow layer."
    static let fields: Fields<Self> = [
        Field("width", \.width, .integer(in: 1...64), "Numbers of the narrow layer.")
    ]

    func network(channelCount: Int, windowLength: Int, classCount: Int) -> any Network {
        BottleneckNetwork(
            inputWidth: channelCount * windowLength, width: width, classCount: classCount)
    }
}

private struct BottleneckNetwork: LayeredNetwork {
    let inputWidth: Int
    let width: Int
    let classCount: Int
    private(set) var plan = ModelPlan(ModelRecorder())

    var name: String { Bottleneck.key }
    var layout: WindowSet.Layout { .channelMajor }

    init(inputWidth: Int, width: Int, classCount: Int) {
        self.inputWidth = inputWidth
        self.width = width
        self.classCount = classCount
        plan = makePlan()
    }

    func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let narrow = recorder.linear("narrow", input, outputs: width)
        return recorder.linear("output", recorder.tape.swish(narrow), outputs: classCount)
    }
}
