package import Documents
private import Foundation
package import MetaLearning

/// What samples are normalized with, and on whom that was fitted.
package struct BundleScaling: Sendable, Hashable, Described {
    /// Whose samples the numbers are of.
    package enum Fit: String, Sendable, Hashable, CaseIterable {
        /// Nobody's: samples stay as they are.
        case nobody
        /// The means over the training tasks, each of which was fitted on its own support: what is
        /// known of a person before their first sample.
        case trainingPeople = "training_people"
        /// The support of the person whom the bundle was adapted to.
        case support
    }

    /// Whose samples the numbers are of.
    package var fit = Fit.nobody
    /// What is subtracted, one number a channel, in the channel's unit.
    package var offset: [Double] = []
    /// What is divided by, one number above 0 a channel, in the channel's unit.
    package var scale: [Double] = []

    /// Of no channel.
    package init() {}

    /// A scaling of some channels.
    ///
    /// - Parameters:
    ///   - scaling: The numbers.
    ///   - fit: Whose samples they are of.
    package init(_ scaling: ChannelScaling, fit: Fit) {
        self.fit = fit
        (offset, scale) = (scaling.offset, scaling.scale)
    }

    /// The mean of several: of offsets the arithmetic, of scales the geometric one.
    ///
    /// - Parameter scalings: At least one, all of as many channels.
    /// - Returns: Their mean.
    package static func mean(of scalings: [ChannelScaling]) -> ChannelScaling {
        let count = Double(scalings.count)
        let channels = scalings[0].offset.indices
        return ChannelScaling(
            offset: channels.map { channel in
                scalings.reduce(0) { $0 + $1.offset[channel] } / count
            },
            scale: channels.map { channel in
                exp(scalings.reduce(0) { $0 + log($1.scale[channel]) } / count)
            })
    }

    /// The numbers.
    package var scaling: ChannelScaling { ChannelScaling(offset: offset, scale: scale) }

    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field(
            "fitted_on", \.fit, .choice,
            "nobody: samples stay as they are. training_people: the means over the training tasks, "
                + "each of which was fitted on its own support. support: the support of the person "
                + "whom the bundle was adapted to.", isRequired: true),
        Field(
            "offset", \.offset, .list(of: .number()),
            "What is subtracted from conditioned samples, one number a channel.", isRequired: true),
        Field(
            "scale", \.scale, .list(of: .positive("a number above 0")),
            "What is divided by then, one number a channel.", isRequired: true),
    ]
}
