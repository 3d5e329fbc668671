public import Documents

/// A moving root of the mean square.
public struct MovingRMS: PipelineStage {
    /// The window in seconds.
    public var seconds = 0.1

    /// Over 0.1 s.
    public init() {}

    /// The name in documents.
    public static let key = "moving_rms"
    /// What it does, in a sentence.
    public static let documentation =
        "Root mean square over a window."
    /// The members of documents.
    public static let fields: Fields<Self> = [
        Field(
            "window_s", \.seconds, .positive("a time above 0 s"),
            "The window in seconds: around the sample, or up to it when causal; shorter at the ends."
        )
    ]

    /// Whether it expects a signal that swings around zero.
    public var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    public func design(for input: StageInput) throws(FilterError) -> StageDesign {
        try MovingWindow.design(.rootMeanSquare, seconds: seconds, for: input)
    }
}

extension PipelineStage where Self == MovingRMS {
    /// A moving root of the mean square.
    ///
    /// - Parameter seconds: The window in seconds.
    /// - Returns: The stage.
    public static func movingRMS(seconds: Double) -> MovingRMS {
        var stage = MovingRMS()
        stage.seconds = seconds
        return stage
    }
}
