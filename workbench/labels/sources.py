"""Words: where the values of the shipped scenarios come from. A scenario of one's own says it in its own words."""

from __future__ import annotations

from typing import Final

#: What the scenario says in English -> the same in Chinese.
CHINESE: Final = {
    # -- calendar --
    "the plan's dates, laid on 2027": "方案所列日期，按 2027 年排定",
    "the plan says mid-August": "方案：8 月中旬",
    "the plan says mid-July": "方案：7 月中旬",
    "five days a week; the plan says nothing of weekends": "每周五天；方案未提周末",
    "public holidays are off, and days in return are worked": "法定节假日不办公，调休日办公",
    "none beside": "无其他加班日",
    "what comes after the deadline is not looked at": "截止日以后不再推算",
    "the baseline's dates": "同基准方案",
    "the Monday after mobilisation, without waiting for the end of the census": "动员部署后的周一，不等排查结束",
    # -- targets and policy --
    "the plan (60 %, 100 %); the same in Henan 2017": "方案（60%、100%）；河南 2017 年相同",
    "the plan; the regulation on branches (2018) would have joint": "方案；按支部工作条例（2018）应为联合组建",
    "a branch counts when it has elected its secretary": "选举产生书记后计为已建",
    "the plan counts floating and part-time members": "方案：含流动党员和兼职党员",
    "the plan names streets, municipal Party-work systems and supervising departments": (
        "方案：镇街、市直党建工作系统、业务主管部门"
    ),
    "all registered organizations; the published national 61.7 % used fewer": (
        "全部登记的社会组织；全国公布的 61.7% 分母较小"
    ),
    "the plan counts the instructor who is assigned (派驻)": "方案：派驻指导员即计入工作覆盖",
    "the stricter count of the yearly inspection's forms": "年检表的较严口径",
    "counted on approval, as where the ledger is closed by the approval's number": "以批复文号销号的，批复即计",
    "regulation on branches (2018), fewer than three full members form a joint branch": (
        "支部工作条例（2018）：正式党员不足三名的，联合组建"
    ),
    # -- census --
    "one in twenty is found after the census": "排查结束后才发现的占二十分之一",
    "those are found two working days late on average": "平均晚两个工作日发现",
    "a wrong number of members at one organization in ten, most of them too low": ("十家中有一家党员数不准，多数偏少"),
    # -- instructors --
    "two cases at a time; published is only how many organizations an instructor has in all (2.2, Changle 2016)": (
        "同时办理两件；公开资料只有每名指导员联系的总数（长乐 2016 年为 2.2 家）"
    ),
    "in principle 4 to 5 organizations an instructor (working rules of the central state organs, 2017)": (
        "每名指导员原则上联系 4 至 5 家（中央国家机关工作规则，2017 年）"
    ),
    "with the opening of formation, once the census is done": "排查结束、组建启动时派驻",
    "one instructor for 2.2 organizations without a branch (Changle 2016; national 2017: 1.7)": (
        "每 2.2 家未建组织配一名（长乐 2016 年；全国 2017 年为 1.7 家）"
    ),
    "where the work is": "按任务量分配",
    "as many as the baseline's city has, one for 2.2 of its organizations without a branch": (
        "与基准方案人数相同，每 2.2 家未建组织一名"
    ),
    "one liaison an organization (Fengqing): 828 without a branch in the demo city": (
        "一家一名联络员（凤庆）：演示城市未建 828 家"
    ),
    "828 organizations without a branch / 8.7 an instructor (Rui'an 2012), the fewest found": (
        "未建 828 家，每名联系 8.7 家（瑞安 2012 年），为所见最少"
    ),
    # -- the five kinds of work --
    "no measured times were found. Persuading and papers take 2 to 12 working days, mostly 5: elapsed days of a "
    "part-time instructor (about 0.15 of full time), so that availability is in them and divides nothing again": (
        "未见实测用时。动员和备齐材料 2 至 12 个工作日，多为 5 个：按兼职指导员（约合 0.15 人）的历时计，已含其可用时间"
    ),
    "as standalone": "同单独组建",
    "as standalone, and 2 to 12 days, mostly 5, to bring the units together: 4, 10, 24": (
        "同单独组建，另需 2 至 12 天（多为 5 天）协调各单位：4、10、24"
    ),
    "as standalone: visits and papers of a mass organization": "同单独组建：走访和群团组织的材料",
    "one place, no way between units": "只有一处，单位之间无路程",
    "a kilometre between units adds a twentieth": "单位之间每公里增加二十分之一",
    "a kilometre to the host adds a twentieth": "到挂靠单位每公里增加二十分之一",
    "one unit": "只有一家单位",
    "each unit beyond three adds 15 %": "超过三家，每家增加 15%",
    "8 % of organizations decline or cannot be reached (3 to 20 %), at each attempt": (
        "每次有 8% 的组织不同意或联系不上（3% 至 20%）"
    ),
    "three units must agree, 0.92 ** 3": "三家单位均须同意，0.92 的三次方",
    "unit and host must agree, 0.92 ** 2": "双方均须同意，0.92 的平方",
    "3 % within six weeks (0 to 15 %); Qingdao 2022: unions in 2.7 % of social organizations": (
        "六周内 3%（0 至 15%）；青岛 2022 年建工会的社会组织占 2.7%"
    ),
    "three working days before asking again": "三个工作日后再联系",
    "without effect at one attempt": "只尝试一次，不起作用",
    "asked three times at most": "最多联系三次",
    "the 3 % are for the whole campaign, so one attempt": "3% 为整个活动期间的，故只尝试一次",
    "regulation on branches (2018), application and approval by the responsible unit's committee": (
        "支部工作条例（2018）：提出申请，由责任单位党（工）委批复"
    ),
    "the host's branch takes the unit in, and the responsible unit's committee agrees": (
        "由挂靠单位党组织接纳，责任单位党（工）委同意"
    ),
    "the plan: a mass organization first; no branch is approved": "方案：先建群团组织，不涉及党组织批复",
    "written approval 1, 3, 7 working days after the meeting, and the members' meeting 2, 5, 14 calendar days (x 5/7) "
    "after that: 2.4, 6.6, 17 working days, rounded": (
        "会后 1、3、7 个工作日书面批复，再过 2、5、14 个自然日（折合 5/7）召开党员大会：合 2.4、6.6、17 个工作日，取整"
    ),
    # -- meetings --
    "one fixed weekday": "固定在每周同一天",
    "every other week; published examples are once or twice a month (a street, Gulou) and weekly (townships)": (
        "隔周一次；公开实例有每月一至两次（鼓楼某街道）、每周一次（乡镇）"
    ),
    "the first Tuesday after formation opens": "组建启动后的第一个周二",
    "half of the responsible units in one week, half in the other": "责任单位一半在单周，一半在双周",
    "5 to 40 cases a meeting, mostly 15": "每次会议研究 5 至 40 件，多为 15 件",
    "papers are in two working days before the meeting": "材料须在会前两个工作日报送",
    "what forms most branches a day comes first": "每天能多建的先办",
    "two sittings a week for the campaign": "活动期间每周两次",
    "township committees meet weekly": "乡镇党委每周开会",
    "from the first week of formation on": "自组建启动第一周起",
    "all that is filed is heard": "报来的全部研究",
    "papers are in one working day before the meeting": "材料须在会前一个工作日报送",
    "the other order of service": "另一种先后次序",
    # -- joint branches --
    "the plan names all three ways (单位联建、挂靠组建、社区统建)": "方案：单位联建、挂靠组建、社区统建",
    "another street's group is allowed where it is much nearer": "明显更近的，可跨镇街",
    "regulation on branches (2018) art. 4, three full members": "支部工作条例（2018）第四条：正式党员三名以上",
    "regulation on branches (2018), generally five units at most": "支部工作条例（2018）：一般不超过五家单位",
    "neighbours, as the regulation asks, within three kilometres": "条例要求地域相邻，取三公里以内",
    "the regulation asks for near industries; worth 0.3 km": "条例要求行业相近，折合 0.3 公里",
    "worth 0.2 km": "折合 0.2 公里",
    "worth half a kilometre": "折合半公里",
    "a further group costs 0.3 km, so that trios are not free": "每多一个联合党组织计 0.3 公里，以免过散",
    "a community's branch needs more: 0.5 km": "社区统建另需协调，计 0.5 公里",
    "a host has its branch already: 0.1 km": "挂靠单位已有党组织，计 0.1 公里",
    "organizations of neighbouring streets join, too": "相邻镇街的组织也可联建",
    # -- what differs from campaign to campaign, money --
    "a fifth faster or slower, the same for the whole city": "全市整体快或慢五分之一",
    "the odds of 3 % and 20 % over those of 8 %, 0.36 and 2.9": "3%、20% 与 8% 的比数之比，为 0.36、2.9",
    "holidays and other duties in August, mostly 5 %, up to 15 %": "8 月休假和其他工作，多为 5%，最多 15%",
    "up to four working days, mostly one": "最多四个工作日，多为一个",
    "0 (0 to 300 yuan); Laohekou pays none, no rate for social organizations was found": (
        "0（0 至 300 元）；老河口不发，未见社会组织的标准"
    ),
    "Jinan 2018, 2,000 yuan for each newly approved Party organization": "济南 2018 年：每个新批准的党组织 2,000 元",
}
