package import Documents

/// A moving root of the mean square.
package struct MovingRMS: PipelineStage {
    /// The window in seconds.
    package var seconds = 0.1

    /// Over 0.1 s.
    package init() {}

    /// The name in documents.
    package static let key = "moving_rms"
    /// What it does, in a sentence.
    package static let documentation =
        "Root mean square over a window."
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
        try MovingWindow.design(.rootMeanSquare, seconds: seconds, for: input)
    }
}

extension PipelineStage where Self == MovingRMS {
    /// A moving root of the mean square.
    ///
    /// - Parameter seconds: The window in seconds.
    /// - Returns: The stage.
    package static func movingRMS(seconds: Double) -> MovingRMS {
        var stage = MovingRMS()
        stage.seconds = seconds
        return stage
    }
}
