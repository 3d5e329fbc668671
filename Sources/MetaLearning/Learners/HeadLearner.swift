internal import Documents

/// A learner whose model adapts in closed form: a head on the network's features, trained by the
/// query loss, without inner steps.
package protocol HeadLearner: MetaLearner {
    /// Numbers of the network's output when nothing else says how many, at least 1.
    var features: Int { get }

    /// What the network's output is added to.
    var base: FeatureBase { get }

    /// The head.
    ///
    /// - Parameters:
    ///   - width: Features of a row.
    ///   - channelCount: Channels of a window.
    ///   - classCount: Classes that are told apart.
    /// - Returns: The head.
    /// - Throws: ``MetaLearningError`` when windows do not do.
    func head(
        width: Int, channelCount: Int, classCount: Int
    ) throws(MetaLearningError) -> any ClosedFormHead
}

extension HeadLearner {
    /// The exact gradient, of the network and the head.
    package func goal(epoch: Int) -> AdaptationGoal { .exactGradient }

    /// The head on a network that puts out its features.
    package func network(
        _ model: any ModelDefinition, channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        let width =
            switch base {
            case .none: features
            case .input: channelCount * windowLength
            case .logAmplitude: channelCount
            }
        let network = try model.network(
            channelCount: channelCount, windowLength: windowLength, classCount: width)
        let head = try head(width: width, channelCount: channelCount, classCount: classCount)
        let turnsSamples = head.turns.count > 1 && base == .input && windowLength > 1
        guard !turnsSamples || network.layout == .channelMajor else {
            throw MetaLearningError(
                .incompatible(
                    expected: "rows that are turned channel by channel",
                    found: "model \(model.name), which reads them sample by sample"),
                at: "algorithm_settings.base", hint: "set algorithm_settings.base: log_amplitude")
        }
        return HeadedNetwork(
            network, head: head, source: base, channelCount: channelCount, classCount: classCount)
    }
}

extension Field {
    /// How many numbers the network puts out.
    static func features(_ path: any WritableKeyPath<Root, Int> & Sendable) -> Field {
        Field(
            "features", path, .integer(in: 1...65_536),
            "Numbers of the network's last layer, on which the head works, when base is none.")
    }

    /// What the network's output is added to.
    static func base(_ path: any WritableKeyPath<Root, FeatureBase> & Sendable) -> Field {
        Field(
            "base", path, .choice,
            "What the network's last layer, which then starts from 0, is added to: `log_amplitude` of "
                + "each channel's mean absolute value, `input` for rows that are features already, or "
                + "`none`.")
    }
}
