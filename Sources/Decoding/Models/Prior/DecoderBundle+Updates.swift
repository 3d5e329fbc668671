private import Documents
private import EMGArchive
private import MetaLearning

extension DecoderBundle {
    /// Has the decoder go on learning while it decides, or not.
    ///
    /// - Parameters:
    ///   - learnsOn: Whether it learns, without labels, from windows that it has decided about: of those
    ///     that share samples one.
    ///   - place: The bundle, for messages.
    /// - Throws: ``DecodingError`` for a model that cannot.
    package mutating func setUpdates(
        _ learnsOn: Bool, at place: String
    ) throws(DecodingError) {
        guard var model = model as? PriorModel else {
            throw DecodingError(
                .unsupported(
                    "a decoder of the kind \(type(of: model.kind).key) learns nothing while it "
                        + "decides"), at: place, hint: "leave --updates out")
        }
        var updates = SoftUpdates()
        let window = input.window
        updates.interval = (window.length + window.stride - 1) / window.stride
        model.updates = learnsOn ? updates : nil
        self.model = model
    }
}
