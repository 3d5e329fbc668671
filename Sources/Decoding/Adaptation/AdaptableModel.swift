package import MetaLearning

/// A decoder model that can be fitted to a person.
package protocol AdaptableModel: DecoderModel {
    /// Whether a support may lack classes: one is enough then.
    var adaptsToSomeClasses: Bool { get }

    /// The turns of channels that the model finds by a support: labels that look wrong in one of them
    /// may be right in another.
    var turns: FeatureTurns { get }

    /// The balanced accuracy to be expected of a person who is as people of the training were; `nil`
    /// for a model that cannot tell.
    var expectedAccuracy: Double? { get }

    /// The model after adaptation to a person's support.
    ///
    /// - Parameters:
    ///   - support: Windows and labels to adapt on, as the model's ``DecoderModel/sight`` has them.
    ///   - adaptation: How a network is adapted, as the bundle says it; models in closed form say it
    ///     themselves.
    ///   - id: The task's name, which random choices are drawn by.
    /// - Returns: The model, of the same classes and sight.
    /// - Throws: ``DecodingError`` when the support does not do, as when numbers grow without end.
    func adapted(
        to support: WindowSet, by adaptation: SupportAdaptation?, id: String
    ) throws(DecodingError) -> any DecoderModel
}

extension AdaptableModel {
    /// It may not.
    package var adaptsToSomeClasses: Bool { false }
    /// Channels are at the same places on everybody.
    package var turns: FeatureTurns { .none }
    /// It cannot tell.
    package var expectedAccuracy: Double? { nil }

    /// Refuses a support without windows.
    ///
    /// - Parameters:
    ///   - support: The windows.
    ///   - id: The task's name.
    /// - Throws: ``DecodingError`` when there is nothing to fit to.
    func checkHasWindows(_ support: WindowSet, id: String) throws(DecodingError) {
        guard support.count == 0 else { return }
        throw DecodingError(
            .unsupported("the support has no window to fit to"), at: id,
            hint: "give a longer calibration, whose labels are the decoder's classes")
    }
}

extension NetworkModel: AdaptableModel {
    /// The network, fine-tuned as it was made to be.
    package func adapted(
        to support: WindowSet, by adaptation: SupportAdaptation?, id: String
    ) throws(DecodingError) -> any DecoderModel {
        guard let adaptation else {
            throw DecodingError(
                .unsupported("the bundle does not say how its network is adapted"), at: id,
                hint: "make the bundle again from the run that trained the network")
        }
        do throws(MetaLearningError) {
            return NetworkModel(
                definition, network: network,
                parameters: try adaptation.adapted(network, parameters, to: support, id: id),
                channelCount: channelCount, windowLength: windowLength)
        } catch {
            throw DecodingError(.unsupported("\(error)"), at: "")
        }
    }
}
