package import Documents

/// A moving average of the rectified signal (ARV).
package struct MovingARV: PipelineStage {
    /// The window in seconds.
    package var seconds = 0.1

    /// Over 0.1 s.
    package init() {}

    /// The name in documents.
    package static let key = "moving_arv"
    /// What it does, in a sentence.
    package static let documentation =
        "Mean magnitude over a window (average rectified value)."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field(
            "window_s", \.seconds, .positive("a time above 0 s"),
            "The window in seconds: around the sample, or up to it when causal; shorter at the ends."
        )
    ]

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        try MovingWindow.design(.averageRectified, seconds: seconds, for: input)
    }
}

extension PipelineStage where Self == MovingARV {
    /// A moving average of the rectified signal (ARV).
    ///
    /// - Parameter seconds: The window in seconds.
    /// - Returns: The stage.
    package static func movingARV(seconds: Double) -> MovingARV {
        var stage = MovingARV()
        stage.seconds = seconds
        return stage
    }
}
