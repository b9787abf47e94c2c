"""Words: grouping (who joins whom)."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # Headlines
    "error.basis_needs_parts": (
        "口径“{basis}”要求把正式党员分为三部分，有 {count} 家社会组织未分",
        "the basis '{basis}' needs the three parts of the full members; {count} "
        "{count:organization does|organizations do} not give them",
    ),
    "error.no_places": (
        "有 {units} 家单位要按距离联合组建，但台账中没有一家社会组织有坐标；请填写 x、y 或 lon、lat",
        "{units} {units:unit is|units are} to be grouped by distance, but no organization in the register has a "
        "place; give x, y or lon, lat",
    ),
    "error.demands_unknown": (
        "联合组建的要求提到了台账中没有的对象",
        "the demands on the grouping name what the register does not have",
    ),
    "error.demands_clash": (
        "联合组建的要求无法满足",
        "the demands on the grouping cannot be met",
    ),
    # Faults: names that are not there
    "fault.basis_needs_parts.rule": (
        "口径“{basis}”按在册、流动、兼职三部分计算党员",
        "the basis '{basis}' counts members by the three parts",
    ),
    "fault.basis_needs_parts.repair": (
        "填写 members_on_roll、members_floating、members_part_time,或把 policy.member_basis 改为 part_time",
        "fill in members_on_roll, members_floating and members_part_time, or set policy.member_basis to part_time",
    ),
    "fault.unknown_organization.rule": ("台账中没有这家社会组织", "the register has no such organization"),
    "fault.unknown_organization.repair": ("核对 org_id", "check the org_id"),
    "fault.unknown_community.rule": ("台账中没有这个社区", "the register has no such community"),
    "fault.unknown_community.repair": (
        "写成“镇街/社区”并核对名称",
        "write it as street/community and check both names",
    ),
    "fault.unknown_facility_kind.rule": ("没有这种组建方式", "there is no such kind of facility"),
    "fault.unknown_facility_kind.repair": ("用 peer、host 或 community", "use peer, host or community"),
    "fault.link_to_itself.rule": ("一家单位不能与自己分开", "a unit cannot be kept apart from itself"),
    "fault.link_to_itself.repair": ("删去这一对", "remove the pair"),
    # Faults: demands that clash
    "fault.pin_no_unit.rule": (
        "{org_id} 不是待联合的单位（已建党组织、名存实亡，或党员数不属于联合组建）",
        "{org_id} is not a unit that needs grouping (it has a branch, is dormant, or has too many or too few members)",
    ),
    "fault.pin_no_unit.repair": ("取消这项指定", "remove the pin"),
    "fault.pin_kind_not_allowed.rule": (
        "本测算方案不用“{kind}”这种组建方式",
        "the scenario does not allow facilities of kind {kind}",
    ),
    "fault.pin_kind_not_allowed.repair": (
        "加入 grouping.facilities,或取消指定",
        "add it to grouping.facilities, or remove the pin",
    ),
    "fault.pin_no_peer.rule": (
        "{facility_id} 不是待联合的单位，不能牵头",
        "{facility_id} is not a unit that needs grouping, so it cannot lead",
    ),
    "fault.pin_no_peer.repair": ("指定到一家待联合的单位", "pin to a unit that is to be grouped"),
    "fault.pin_no_host.rule": (
        "{facility_id} 未建党组织、名存实亡，或可挂靠数为 0",
        "{facility_id} has no branch, is dormant, or has a host_capacity of 0",
    ),
    "fault.pin_no_host.repair": (
        "指定到有余量的已建党组织单位",
        "pin to an organization with a branch and host_capacity to spare",
    ),
    "fault.pin_no_community.rule": (
        "社区 {facility_id} 没有待联合的单位",
        "the community {facility_id} has no unit to be grouped",
    ),
    "fault.pin_no_community.repair": ("指定到单位自己的社区", "pin to the unit's own community"),
    "fault.pin_too_far.rule": (
        "{org_id} 到 {facility_id} 的距离不得超过 {km} 公里",
        "{org_id} must be within {km} km of {facility_id}",
    ),
    "fault.pin_too_far.repair": (
        "换一处，或放宽 grouping.max_distance_km",
        "pin it elsewhere, or raise grouping.max_distance_km",
    ),
    "fault.pin_other_street.rule": (
        "{org_id} 在 {street}，测算方案要求同一镇街",
        "{org_id} is in {street}, and the scenario requires the same street",
    ),
    "fault.pin_other_street.repair": (
        "换到本镇街，或把 same_street 改为 prefer",
        "pin it within its street, or set same_street to prefer",
    ),
    "fault.pin_other_community.rule": (
        "{org_id} 属于社区 {community}，只能由本社区统建",
        "{org_id} belongs to the community {community}, which alone can lead it",
    ),
    "fault.pin_other_community.repair": ("指定到本社区", "pin it to its own community"),
    "fault.pin_leader_elsewhere.rule": (
        "{leader} 被指定到 {other}，不能同时牵头",
        "{leader} is itself pinned to {other}, so it cannot lead",
    ),
    "fault.pin_leader_elsewhere.repair": (
        "让牵头单位留在本组",
        "leave the leading unit free, or pin it to itself",
    ),
    "fault.pin_forbidden.rule": (
        "{org_id} 到 {facility_id} 既被指定又被禁止",
        "{org_id} is pinned to {facility_id} and forbidden to go there",
    ),
    "fault.pin_forbidden.repair": ("两者去其一", "remove one of the two"),
    "fault.pin_too_few.rule": (
        "{units} 被指定到 {facility_id}，但 {km} 公里内最多凑齐 {members} 名党员，至少要 {need} 名，还差 {short} 名",
        "{units} pinned to {facility_id}, where {members} {members:member|members} at most can gather within {km} "
        "km; {need} are needed, {short} more than there are",
    ),
    "fault.pin_too_few.repair": ("换一处，或放宽距离", "pin elsewhere, or allow a longer distance"),
    "fault.host_overfull.rule": (
        "{facility_id} 最多可挂靠 {capacity} 家，却指定了 {count} 家：{units}",
        "{facility_id} takes {capacity} {capacity:unit|units} at most, and {count} {count:is|are} pinned to it: "
        "{units}",
    ),
    "fault.host_overfull.repair": ("减少指定，或增加 host_capacity", "pin fewer, or raise its host_capacity"),
    "fault.group_overfull.rule": (
        "一组最多 {capacity} 家，却有 {count} 家被指定到 {facility_id}：{units}",
        "a group takes {capacity} {capacity:unit|units} at most, and {count} {count:is|are} pinned to {facility_id}: "
        "{units}",
    ),
    "fault.group_overfull.repair": (
        "减少指定，或放宽 grouping.max_units",
        "pin fewer, or raise grouping.max_units",
    ),
    "fault.linked_pinned_apart.rule": (
        "{units} 必须同组，却被指定到不同的地方：{facilities}",
        "{units} must be together and are pinned to different places: {facilities}",
    ),
    "fault.linked_pinned_apart.repair": (
        "指定到同一处，或取消 must_link",
        "pin them to one place, or remove the must_link",
    ),
    "fault.linked_cannot_follow.rule": (
        "{units} 必须同组，但并非都能到 {facility_id}",
        "{units} must be together, and not all of them can go to {facility_id}",
    ),
    "fault.linked_cannot_follow.repair": (
        "换一处，或取消 must_link",
        "pin elsewhere, or remove the must_link",
    ),
    "fault.pinned_together_linked_apart.rule": (
        "{units} 被指定到同一处 {facility_id}，又要求分开",
        "{units} are pinned to one place, {facility_id}, and must be apart",
    ),
    "fault.pinned_together_linked_apart.repair": ("两者去其一", "remove one of the two"),
    "fault.pins_clash.rule": (
        "{units} 的指定不能同时满足：它们要的单位或名额不够分",
        "the pins of {units} cannot all be met: they need the same units or the same room",
    ),
    "fault.pins_clash.repair": ("取消其中一项", "remove one of them"),
    "fault.least_above_most.rule": (
        "一组至少要 {least} 名党员，但一组最多 {units} 家、每家最多 {each} 名，合计最多 {most} 名",
        "a group needs {least} {least:member|members}, and at most {units} {units:unit|units} of at most {each} "
        "{each:member|members} each make {most}",
    ),
    "fault.least_above_most.repair": (
        "调低 grouping.min_members，或调高 grouping.max_units",
        "lower grouping.min_members, or raise grouping.max_units",
    ),
    "fault.chain_too_long.rule": (
        "{units} 经 must_link 相连，共 {count} 家，而一处最多容纳 {capacity} 家，多出 {over} 家",
        "{units} must be together: {count} {count:unit|units}, where no group takes more than {capacity}, {over} fewer",
    ),
    "fault.chain_too_long.repair": (
        "取消其中一项 must_link，或调高 grouping.max_units",
        "remove one of the must_links, or raise grouping.max_units",
    ),
    "fault.link_no_unit.rule": (
        "{org_id} 不是待联合的单位，无法与别的单位同组",
        "{org_id} is not a unit that needs grouping, so nothing can be with it",
    ),
    "fault.link_no_unit.repair": ("删去这一对", "remove the pair"),
    "fault.link_clash.rule": (
        "{a} 与 {b} 要求分开，又经 must_link 相连：{chain}",
        "{a} and {b} must be apart, and must_link joins them: {chain}",
    ),
    "fault.link_clash.repair": ("两者去其一", "remove one of the two"),
    # Why a unit is left out
    "reason.no_place": ("没有坐标", "its place is not known"),
    "reason.out_of_reach": ("距离以内没有可去之处", "nothing it could join is within the distance"),
    "reason.too_few_members": ("距离以内凑不齐党员", "too few members within the distance"),
    "reason.no_facility": (
        "所允许的组建方式中没有它可以参加的",
        "no facility of the kinds that the scenario allows is one that it could join",
    ),
    "reason.other_street": (
        "距离以内可去之处都在别的镇街，而测算方案要求同一镇街",
        "what it could join is in other streets, and the scenario requires the same street",
    ),
    "reason.forbidden": ("可去之处被测算方案禁止", "the scenario forbids it the places where it could go"),
    "reason.apart": ("不得同组的要求相互冲突", "links that keep units apart clash"),
    "reason.pinned": ("指定的安排占去了它的去处", "pins take the place where it could go"),
    "reason.demands": ("几项要求合起来使它无处可去", "several demands together leave it no place"),
    "reason.not_found": (
        "没有为它找到去处，但并未证明没有",
        "no place was found for it, and that there is none is not proven",
    ),
    "reason.by_demands": (
        "{reason}（没有下列要求即可覆盖：{demands}）",
        "{reason} (without these demands it would be covered: {demands})",
    ),
    "reason.by_street_and_demands": (
        "{reason}（不限镇街，且没有下列要求，即可覆盖：{demands}）",
        "{reason} (with other streets open to it and without these demands it would be covered: {demands})",
    ),
    "demand.and": ("；", "; "),
    "demand.forbidden": ("{unit} 不得到 {other}（{kind}）", "{unit} may not go to {other} ({kind})"),
    "demand.cannot_link": ("{unit} 与 {other} 不得同组", "{unit} and {other} must be apart"),
    "demand.must_link": ("{unit} 与 {other} 必须同组", "{unit} and {other} must be together"),
    "demand.pinned": ("{unit} 指定到 {other}（{kind}）", "{unit} is pinned to {other} ({kind})"),
    "reason.linked": ("必须同组的单位去不了同一处", "those it must be with cannot go where it could"),
    "reason.no_room": ("可去之处不够所有单位", "not enough room or members for all around it"),
    # Status
    "status.optimal": ("已证明最优", "proven optimal"),
    "status.within_gap": ("达到要求的差距", "within the gap asked for"),
    "status.effort_spent": ("工作量用完，尚未证明", "effort spent before the proof"),
    "status.time_limit": ("到时间上限", "stopped by the time limit"),
    "status.cancelled": ("已取消，保留最好结果", "cancelled, best answer kept"),
    "status.by_hand": ("手工方法", "made by hand"),
    # What stopped a search whose effort is spent
    "grouping.stopped_by": ("{status}（{limit}）", "{status} ({limit})"),
    "stopped_by.coverage": ("能否多覆盖尚未证明", "whether more can be covered is open"),
    "stopped_by.size": ("地图过大，未加割平面", "the map is too large for cuts"),
    "stopped_by.cuts": ("割平面的轮数用完", "rounds of cuts were used up"),
    "stopped_by.lists": ("组合清单已到上限", "lists of groups were as long as they may be"),
    "stopped_by.looks": ("求解器的工作量用完", "the solver's work was used up"),
    # Summary
    "grouping.no_units": (
        "没有需要联合组建的单位",
        "No organization needs a joint branch",
    ),
    "grouping.covered": (
        "{units} 家单位中覆盖 {covered} 家（至多 {bound} 家）",
        "{covered} of {units} {units:unit|units} covered (at most {bound} can be)",
    ),
    "grouping.groups": (
        "单位联建 {peer} 组，社区统建 {community} 组，挂靠 {host} 处；平均距离 {km} 公里（牵头单位按零计）",
        "{peer} led by a peer, {community} by a community, {host} by a host; mean distance {km} km (who leads at 0)",
    ),
    "grouping.cost": ("综合折算距离 {cost}，下界 {bound}，差距 {gap}", "cost {cost}, bound {bound}, gap {gap}"),
    "grouping.cost_by_hand": ("综合折算距离 {cost}，未证明", "cost {cost}, nothing proven"),
    "grouping.status": ("状态：{status}", "status: {status}"),
    "grouping.left_out": ("未覆盖 {count} 家：{reason}", "{count} left out: {reason}"),
    # Explanations
    "explain.no_unit": ("{org_id} 不是待联合的单位", "{org_id} is not a unit of this grouping"),
    "explain.placed": (
        "{org_id} 参加 {facility}（{kind}，{km} 公里，综合折算距离 {cost}）；全组 {units} 家、{members} 名党员",
        "{org_id} is with {facility} ({kind}, {km} km, cost {cost}); the group has {units} {units:unit|units} and "
        "{members} {members:member|members}",
    ),
    "explain.leads": (
        "{org_id} 牵头本组（{kind}）；全组 {units} 家、{members} 名党员",
        "{org_id} leads its group ({kind}), which has {units} {units:unit|units} and {members} "
        "{members:member|members}",
    ),
    "explain.pinned": ("位置由测算方案指定", "the scenario pins it there"),
    "explain.mates": ("必须同组：{units}", "it must be with {units}"),
    "explain.next": (
        "次优：{facility}（{kind}，{km} 公里），综合折算距离合计 {change}",
        "next best: {facility} ({kind}, {km} km), total cost {change}",
    ),
    "explain.next_not": (
        "别处按现状去不了；最近的是 {facility}（{kind}，{km} 公里）：{obstacle}",
        "it cannot go elsewhere as things stand; the cheapest would be {facility} ({kind}, {km} km): {obstacle}",
    ),
    "explain.nowhere_else": ("{km} 公里内没有别处可去", "there is nowhere else within {km} km"),
    "explain.nowhere_allowed": (
        "{km} 公里内的别处，按要求和规则它都不能去",
        "the rules and demands allow it nowhere else within {km} km",
    ),
    "explain.left_out": ("{org_id} 未覆盖：{reason}", "{org_id} is left out: {reason}"),
    "explain.nearest": (
        "最近的是 {facility}，{km} 公里，超过上限 {limit} 公里",
        "the nearest is {facility}, {km} km away, beyond the {limit} km allowed",
    ),
    "explain.short": (
        "{km} 公里内再有 {short} 名党员即可自行成组",
        "{short} more {short:member|members} within {km} km would make a group",
    ),
    "explain.full": (
        "{count} 处已满，例如 {facility}；增加名额即可",
        "{count} {count:place|places} within reach {count:is|are} full, {facility} for one; more room there would do",
    ),
    "obstacle.full": ("已满", "it is full"),
    "obstacle.too_few": ("加入后党员仍不足", "it would still have too few members"),
    "obstacle.apart": ("与那里的单位不得同组", "it must be apart from who is there"),
    "obstacle.mates": ("必须同组的单位去不了那里", "those it must be with cannot go there"),
    "obstacle.leads": ("它牵头的组会失去牵头单位", "the group it leads would lose its leader"),
    "obstacle.breaks": ("它离开后本组党员不足", "its own group would be left with too few members"),
    "obstacle.not_led": ("那里现在没有牵头单位", "nobody leads a group there now"),
    # The independent check
    "check.ok": (
        "核对无误：覆盖 {covered} 家，综合折算距离 {cost}",
        "checked, nothing wrong: {covered} {covered:unit|units} covered, cost {cost}",
    ),
    "check.not_ok": ("核对发现 {count} 处问题", "the check found {count} {count:fault|faults}"),
    "fault.check_twice.rule": ("一家单位只能在一处", "a unit is in one place only"),
    "fault.check_twice.repair": ("删去重复行", "remove the second row"),
    "fault.check_no_unit.rule": ("不是待联合的单位", "it is not a unit that needs grouping"),
    "fault.check_no_unit.repair": ("删去此行", "remove the row"),
    "fault.check_kind.rule": ("测算方案不用这种组建方式", "the scenario does not allow this kind of facility"),
    "fault.check_kind.repair": ("换一处", "place it elsewhere"),
    "fault.check_no_place.rule": ("没有坐标的只能靠指定", "without a place it can only be pinned"),
    "fault.check_no_place.repair": ("加以指定或留出", "pin it or leave it out"),
    "fault.check_far.rule": ("距离不得超过 {km} 公里", "the distance is {km} km at most"),
    "fault.check_far.repair": ("换一处", "place it elsewhere"),
    "fault.check_street.rule": ("测算方案要求同一镇街", "the scenario requires the same street"),
    "fault.check_street.repair": ("换到本镇街", "place it within its street"),
    "fault.check_community.rule": ("社区只统建本社区单位", "a community leads its own units only"),
    "fault.check_community.repair": ("换到本社区", "place it in its own community"),
    "fault.check_figures.rule": (
        "距离应为 {km} 公里，综合折算距离应为 {cost}",
        "distance should be {km} km and cost {cost}",
    ),
    "fault.check_figures.repair": ("重新计算", "compute it again"),
    "fault.check_no_host.rule": (
        "挂靠处须已建党组织、未名存实亡且有名额",
        "a host has a branch, is active and has host_capacity",
    ),
    "fault.check_no_host.repair": ("换一处", "use another host"),
    "fault.check_overfull.rule": ("最多 {most} 家", "{most} {most:unit|units} at most"),
    "fault.check_overfull.repair": ("移走多出的单位", "move the surplus elsewhere"),
    "fault.check_too_few.rule": ("至少 {least} 名党员", "{least} full {least:member|members} at least"),
    "fault.check_too_few.repair": ("补足或解散本组", "fill the group up or dissolve it"),
    "fault.check_leader.rule": ("牵头单位须在本组", "the leader belongs to its own group"),
    "fault.check_leader.repair": ("换一家牵头", "let another unit lead"),
    "fault.check_pinned.rule": ("指定到 {facility_id}", "it is pinned to {facility_id}"),
    "fault.check_pinned.repair": ("放到指定处", "place it where it is pinned"),
    "fault.check_must_link.rule": ("两家同组或都留出", "both are in one group, or both left out"),
    "fault.check_must_link.repair": ("放到一起", "bring them together"),
    "fault.check_cannot_link.rule": ("两家不得同组", "the two are not in one group"),
    "fault.check_cannot_link.repair": ("分开", "part them"),
    "fault.check_forbidden.rule": ("此处被禁止", "the scenario forbids this place"),
    "fault.check_forbidden.repair": ("换一处", "place it elsewhere"),
    "fault.check_left_out.rule": ("应留出 {count} 家", "{count} {count:unit|units} should be left out"),
    "fault.check_left_out.repair": ("重列 left_out", "list left_out again"),
    "fault.check_total.rule": ("应为 {right}", "it should be {right}"),
    "fault.check_total.repair": ("重新计算", "compute it again"),
    "fault.check_group_row.rule": (
        "groups 的一行与 assignment 不符",
        "a row of groups does not agree with the assignment",
    ),
    "fault.check_group_row.repair": ("重列 groups", "list groups again"),
}
