public import Documents

/// What was drawn for one task: how its channels lie and how loud they are, what its classes are
/// called, and which windows of its support a model sees.
///
/// Support and query share it: that is what makes a task one to adapt to. The steps are taken in
/// the order of the members, whatever order they were drawn in: channels are turned, then
/// exchanged, then multiplied, then silenced.
public struct TaskDraw: Described, Hashable {
    /// By how many places the band is turned: channel `i` gets the signal of the electrode that
    /// many places behind it, round the limb; between two electrodes by linear interpolation.
    public var turn = 0.0
    /// Channel `i` gets the signal of channel `order[i]`, after the turn; empty for as they are.
    public var order: [Int] = []
    /// What each channel is multiplied by; empty for 1.
    public var gains: [Double] = []
    /// The channels whose signal is 0, in order.
    public var silent: [Int] = []
    /// Windows of class `i` are given the class `labels[i]`; empty for their own.
    public var labels: [Int] = []
    /// The classes of which no window is in the support, in order, as they were before `labels`.
    public var missing: [Int] = []
    /// The places of the windows that the support is made of, in the support as it was, in order;
    /// empty for all.
    public var support: [Int] = []

    /// Nothing is varied.
    public init() {}

    /// The members of a document; what is not varied is left out.
    public static let fields: Fields<Self> = [
        Field(
            "turn", schema: FieldFormat<Double>.number(in: turns).schema,
            "By how many places the band is turned: channel i has the signal of the electrode "
                + "that many places behind it; between two electrodes by linear interpolation.",
            read: { cursor, draw throws(DocumentError) in
                draw.turn = try cursor.number(in: turns)
            }, write: { $0.turn == 0 ? nil : .number($0.turn) }),
        places("order", \.order, "Channel i has the signal of channel order[i], after the turn."),
        Field(
            "gains", schema: FieldFormat<[Double]>.list(of: .number(in: 0...1e6)).schema,
            "What each channel is multiplied by.",
            read: { cursor, draw throws(DocumentError) in
                draw.gains = try FieldFormat.list(of: .number(in: 0...1e6)).read(cursor)
            }, write: { $0.gains.isEmpty ? nil : .array($0.gains.map { .number($0) }) }),
        places("silent", \.silent, "The channels whose signal is 0."),
        places("labels", \.labels, "Windows of class i have the label labels[i]."),
        places("missing", \.missing, "The classes of which no window is in the support."),
        places(
            "support", \.support,
            "The places of the windows that the support is made of, in the support as it was."),
    ]

    private static var turns: ClosedRange<Double> { -1e6...1e6 }

    /// A list of places that is left out when it is empty.
    private static func places(
        _ key: String, _ path: any WritableKeyPath<Self, [Int]> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        let format = FieldFormat.list(of: FieldFormat.integer(in: 0 ... .max))
        return Field(
            key, schema: format.schema, documentation,
            read: { cursor, draw throws(DocumentError) in
                draw[keyPath: path] = try format.read(cursor)
            },
            write: { $0[keyPath: path].isEmpty ? nil : format.write($0[keyPath: path]) })
    }

    /// Whether nothing is varied.
    public var isIdentity: Bool { self == TaskDraw() }

    /// Whether a channel has another signal than its own.
    public var changesChannels: Bool {
        turn != 0 || !order.isEmpty || !gains.isEmpty || !silent.isEmpty
    }

    /// Whether a model sees less than the whole support.
    public var limitsSupport: Bool { !missing.isEmpty || !support.isEmpty }

    /// The draw without what changes classes and support: what ordinary training, which knows
    /// neither, can be given.
    public var ofChannels: TaskDraw {
        var draw = self
        (draw.labels, draw.missing, draw.support) = ([], [], [])
        return draw
    }

    /// Whether the draw can be one of a task: of lists that are not empty, those of channels and
    /// classes have one element each or name some of them.
    ///
    /// - Parameters:
    ///   - channelCount: The channels of the task.
    ///   - classCount: Its classes.
    /// - Returns: Whether every place that the draw names is there.
    public func fits(channelCount: Int, classCount: Int) -> Bool {
        func isPermutation(_ places: [Int], of count: Int) -> Bool {
            places.isEmpty || places.sorted() == Array(0..<count)
        }
        return isPermutation(order, of: channelCount) && isPermutation(labels, of: classCount)
            && (gains.isEmpty || gains.count == channelCount)
            && silent.allSatisfy { $0 < channelCount } && missing.allSatisfy { $0 < classCount }
            && support.adjacentPairsAscend
    }
}

extension [Int] {
    fileprivate var adjacentPairsAscend: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
