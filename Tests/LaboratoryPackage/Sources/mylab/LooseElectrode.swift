import MyoTask

/// One electrode sits badly for the whole task: its channel is much weaker than the others.
struct LooseElectrode: TaskVariation {
    /// How much of the channel's signal is left.
    var share = 0.1

    static let key = "loose_electrode"
    static let documentation = "One channel is much weaker in the whole task."
    static let fields: Fields<Self> = [
        Field("share", \.share, .number(in: 0...1), "How much of its signal is left.")
    ]

    func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        if draw.gains.isEmpty {
            draw.gains = [Double](repeating: 1, count: task.channelCount)
        }
        draw.gains[generator.integer(below: task.channelCount)] *= share
    }
}
